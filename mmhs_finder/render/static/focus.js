// Where the focus goes, and what is in view. Streamlit changes a page's content and leaves both where they were.
// - After a search the result's heading has the focus, and the page stands at its top, where the search now takes two
//   lines. What is to be mended has the focus in the same way. Choosing what happened moves nothing.
// - A page that is opened from another begins at its top, and its h1 has the focus, so that it is read out.
//   Where a page already shows a result, that has it: "Back to the result" leads there.
// - Back and Forward lead to the place that was left, and to the link that was followed.
// A page that has just been loaded is read from its top, as any page: nothing takes the focus. A cursor that stood in
// the postcode box at once would make a screen reader begin below the urgent numbers and the heading.
(function () {
  "use strict";
  var HOME = document.documentElement.getAttribute("data-home"); // the address of the first page
  var GIVE_UP_MS = 10000;
  var seen = { search: "0", problem: "0" }; // the numbers of what was shown last; 0: what a link has restored
  var path = window.location.pathname;
  var entry = depth();
  var entries = {}; // by an entry's depth in the history: how far its page was scrolled, which link was followed
  var isLeaving = false; // a link was followed: from now on the page moves because its content goes
  var going = null; // from one page to another: the words of the old h1, and for Back the place to return to
  var timer = 0;

  function box() { return document.querySelector(".stMain"); }

  function words(heading) { return heading ? heading.textContent : ""; }

  function depth() {
    var state = window.history.state;
    return (state && state.mmhsDepth) || 0;
  }

  function focus(element) {
    if (!element.hasAttribute("tabindex") && !element.matches("a, button, input")) element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
  }

  // From the top of the page where that shows it, else as the first thing in view.
  function bring(element, lowest) {
    if (box()) box().scrollTop = 0;
    if (element.getBoundingClientRect().bottom > window.innerHeight * lowest) element.scrollIntoView({ block: "start" });
  }

  // A number that was not seen before is a new search.
  function isNew(element, name) {
    var number = element && element.getAttribute("data-" + name);
    if (!number || number === seen[name]) return false;
    seen[name] = number;
    return true;
  }

  function result() {
    var heading = document.querySelector("[data-search]");
    if (!isNew(heading, "search") || (going && going.to)) return;
    going = null;
    focus(heading);
    bring(heading, 0.6);
  }

  function problem() {
    var found = document.querySelector("[data-problem]");
    if (!isNew(found, "problem") || going) return;
    focus(found);
    var field = found.closest(".st-key-search-place") || found;
    bring(field, (window.innerHeight - 60) / window.innerHeight);
  }

  // --- from page to page ---------------------------------------------------------------------------

  function moved(isBack) {
    entry = depth();
    isLeaving = false;
    if (window.location.pathname === path) return;
    path = window.location.pathname;
    var to = isBack ? entries[entry] || { top: 0 } : null;
    if (!isBack) entries[entry] = { top: 0 };
    if (path === HOME) seen.search = ""; // a result that is there already is come to again
    going = { from: words(document.querySelector(".stMain h1")), to: to, there: false };
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { going = null; }, GIVE_UP_MS);
    look();
  }

  function isMarked(name) { return Boolean(document.querySelector("[" + name + '="' + CSS.escape(path) + '"]')); }

  function arrive() {
    if (!going) return;
    var heading = document.querySelector(".stMain h1");
    var isWhole = isMarked("data-page-end");
    if (!heading || !isMarked("data-page") || (words(heading) === going.from && !isWhole)) return;
    if (!going.there) {
      going.there = true;
      focus((going.to && left(going.to.link)) || heading);
    }
    var top = going.to ? going.to.top : 0;
    box().scrollTop = top;
    if (!isWhole) return;
    var link = going.to && left(going.to.link);
    if (link && document.activeElement !== link) focus(link);
    if (Math.abs(box().scrollTop - top) < 2) going = null; // a map may still make the page longer: then once more
  }

  // Links in a menu or a fold that is closed are there and cannot take the focus.
  function isShown(element) {
    return element.checkVisibility ? element.checkVisibility() : Boolean(element.offsetParent);
  }

  function left(link) {
    if (!link) return null;
    return Array.prototype.filter.call(document.querySelectorAll(".stApp a"), function (one) {
      return one.href === link.href && one.textContent === link.words && isShown(one);
    })[0];
  }

  var push = window.history.pushState;
  window.history.pushState = function () {
    var done = push.apply(window.history, arguments);
    moved(false);
    return done;
  };
  // One that `links.js` sends is a way forward: what it pushed has been noticed.
  window.addEventListener("popstate", function (event) { if (event.isTrusted) moved(true); }, true);

  document.addEventListener("scroll", function (event) {
    if (going || isLeaving || event.target !== box()) return;
    (entries[entry] = entries[entry] || {}).top = event.target.scrollTop;
  }, true);
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a");
    if (!link) return;
    entries[entry] = { top: box() ? box().scrollTop : 0, link: { href: link.href, words: link.textContent } };
    isLeaving = true;
  }, true);
  // Whoever moves on while a page is still being drawn is not pulled back.
  ["wheel", "touchmove", "keydown", "mousedown"].forEach(function (name) {
    window.addEventListener(name, function () {
      isLeaving = false;
      if (going && going.there) going = null;
    }, { capture: true, passive: true });
  });

  function look() {
    result();
    problem();
    arrive();
  }

  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(look).observe(document.body, {
      childList: true, subtree: true, attributes: true,
      attributeFilter: ["data-search", "data-problem", "data-page", "data-page-end"],
    });
  });
})();
