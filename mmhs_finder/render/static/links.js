// Links from one page of the app to another (`a[data-in-app]`) change the page inside the app, as Streamlit's
// own links do. As plain links, which they are without this file, they would load everything anew, and what
// was searched for and chosen in this visit would be gone.
//
// Streamlit draws the page of an address when the browser goes back or forward to it. So we make an entry in
// the history, and say that the browser has gone there.
//
// The value of `data-in-app` says which element of the new page has the focus then, as a browser would begin to
// read a new page.
(function () {
  "use strict";
  var GIVE_UP_MS = 10000;

  function focusWhenThere(selector) {
    var watch = new MutationObserver(look);
    var end = window.setTimeout(function () { watch.disconnect(); }, GIVE_UP_MS);
    function look() {
      var found = document.querySelector(selector);
      if (!found) return;
      watch.disconnect();
      window.clearTimeout(end);
      found.setAttribute("tabindex", "-1");
      found.focus({ preventScroll: true });
      found.scrollIntoView({ block: "start" });
    }
    watch.observe(document.body, { childList: true, subtree: true });
    look();
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-in-app]");
    var opensElsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || opensElsewhere || event.defaultPrevented || link.origin !== window.location.origin) return;
    event.preventDefault();
    window.history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
    var first = link.getAttribute("data-in-app");
    if (first) focusWhenThere(first);
  });
})();
