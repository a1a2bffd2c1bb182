// Where the focus goes. Two things that Streamlit does not do by itself:
// - When the first page opens, the cursor stands in the postcode box, so that typing can begin at once. Only while
//   nobody has put the focus elsewhere, and not on a page that already shows a result.
// - After a search, the result's heading comes into view and has the focus: on a phone it is below the form, and a
//   screen reader would not notice it. Choosing what happened changes the result without moving anything.
(function () {
  "use strict";
  var placed = false;
  var seen = "0"; // the number of the last search whose result was shown; 0: one that a link restored

  function cursor() {
    var box = document.querySelector(".st-key-postcode input");
    if (!box) return;
    placed = true;
    var free = !document.activeElement || document.activeElement === document.body;
    if (free && !document.querySelector("[data-search]")) box.focus({ preventScroll: true });
  }

  function result() {
    var heading = document.querySelector("[data-search]");
    if (!heading || heading.getAttribute("data-search") === seen) return;
    seen = heading.getAttribute("data-search");
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  }

  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(function () {
      if (!placed) cursor();
      result();
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-search"] });
  });
})();
