// Copies words that stand on the page: `<button data-copy="words">` those of `<blockquote id="words">`, a line for each
// of its paragraphs, or what stands in the first text box of Streamlit's container "words". Then it says so in `[data-copied="words"]`, politely, in the button's own words
// (`data-done`, `data-failed`). Where a browser does not let us copy, the words are shown and chosen, to copy by hand.
(function () {
  "use strict";

  function partOf(name) { return document.getElementById(name) || document.querySelector(".st-key-" + name); }

  function wordsOf(place) {
    var box = place.querySelector("textarea");
    if (box) return box.value;
    return Array.prototype.map.call(place.querySelectorAll("p"), function (p) { return p.textContent; }).join("\n\n");
  }

  // The way of older browsers, and of pages that are not sent over https. True where it worked.
  function copyOldWay(words) {
    var box = document.createElement("textarea");
    box.value = words;
    box.setAttribute("readonly", "");
    box.setAttribute("aria-hidden", "true");
    box.style.position = "fixed";
    box.style.opacity = "0";
    document.body.appendChild(box);
    box.select();
    try { return document.execCommand("copy"); } catch (refused) { return false; } finally { box.remove(); }
  }

  function show(place) {
    for (var fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    var range = document.createRange();
    range.selectNodeContents(place);
    window.getSelection().removeAllRanges();
    window.getSelection().addRange(range);
    place.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-copy]");
    var name = button && button.getAttribute("data-copy");
    var place = name && partOf(name);
    if (!place) return;
    var said = document.querySelector('[data-copied="' + name + '"]');

    function tell(done) {
      if (said) said.textContent = button.getAttribute(done ? "data-done" : "data-failed");
      var box = !done && place.querySelector("textarea");
      if (!done) show(place);
      if (box) box.select();
      (box || button).focus({ preventScroll: true });
    }

    function oldWay() { tell(copyOldWay(wordsOf(place))); }

    if (said) said.textContent = ""; // so that a second press is said again
    if (!navigator.clipboard || !navigator.clipboard.writeText) oldWay();
    else navigator.clipboard.writeText(wordsOf(place)).then(function () { tell(true); }, oldWay);
  });
})();
