// A file to download: `<a data-file href="/files/...">` with `.file-state`, a live region, beside it. Making one may take some
// seconds, and it may not be there. So the server is asked first (HEAD makes it), and only then the browser fetches it in its
// own way: that works on phones too, and the page stays where it is. What is going on is said in the words of `#file-words`.
// Without this file it is a plain link to the same file.
(function () {
  "use strict";
  var UNNOTICED_MS = 400;
  var GIVE_UP_MS = 90000;

  function say(address, words) {
    // Found anew: the page may have been drawn again meanwhile.
    document.querySelectorAll("a[data-file]").forEach(function (link) {
      if (link.href !== address) return;
      if (words === "making") link.setAttribute("aria-busy", "true");
      else link.removeAttribute("aria-busy");
      var state = link.parentElement.querySelector(".file-state");
      var kept = document.getElementById("file-words");
      if (state && kept) state.textContent = words ? kept.getAttribute("data-" + words) || kept.getAttribute("data-500") : "";
    });
  }

  function fetchIt(address) {
    var link = document.createElement("a");
    link.href = address;
    link.download = ""; // its name comes with it
    link.hidden = true;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-file]");
    var opensElsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || opensElsewhere || event.defaultPrevented || !window.fetch || !window.AbortController) return;
    event.preventDefault();
    var address = link.href;
    if (asking[address]) return; // pressed twice
    asking[address] = true;
    say(address, ""); // so that a second time is said again
    var slow = window.setTimeout(say, UNNOTICED_MS, address, "making");
    var stop = new AbortController();
    var end = window.setTimeout(function () { stop.abort(); }, GIVE_UP_MS);
    function done(words) {
      delete asking[address];
      window.clearTimeout(slow);
      window.clearTimeout(end);
      say(address, words);
    }
    window.fetch(address, { method: "HEAD", credentials: "same-origin", cache: "no-store", signal: stop.signal }).then(
      function (answer) {
        if (answer.ok) fetchIt(address);
        done(answer.ok ? "ready" : String(answer.status));
      },
      function () { done("lost"); }
    );
  });

  var asking = {};
})();
