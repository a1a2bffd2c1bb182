// The cursor stands in the postcode box when the first page opens, so that typing can begin at once.
// Once a visit, and only while nobody has put the focus elsewhere. Not for a page with a result on it.
(function () {
  "use strict";
  function ready() {
    var box = document.querySelector(".st-key-postcode input");
    if (!box) return false;
    var free = !document.activeElement || document.activeElement === document.body;
    if (free && !document.querySelector(".st-key-result")) box.focus({ preventScroll: true });
    return true;
  }
  document.addEventListener("DOMContentLoaded", function () {
    if (ready()) return;
    var watcher = new MutationObserver(function () { if (ready()) watcher.disconnect(); });
    watcher.observe(document.body, { childList: true, subtree: true });
  });
})();
