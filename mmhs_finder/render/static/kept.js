// A reload, or a phone that has dropped the tab, would lose the search. So the code of the area stands in the tab's own
// storage, which ends with the tab: never the postcode, never what happened. "Leave this page" and "Start again"
// empty it. After a reload it goes to the app through a box that nobody sees, so it is in no address.
//
// The app says by `data-area` what is to be kept, "" for nothing. It draws the box only for a visit that has not begun.
(function () {
  "use strict";
  var KEY = "area";
  var HOME = document.documentElement.getAttribute("data-home"); // the address of the first page
  var BOX = ".st-key-kept_area input";
  var before = stored(function (s) { return s.getItem(KEY); }); // as the page was loaded
  var isOver = false;

  function stored(action) {
    try {
      return action(window.sessionStorage);
    } catch (error) {
      return null; // storage is switched off: a reload begins anew
    }
  }

  function keep(code) {
    stored(function (s) {
      if (!code) s.removeItem(KEY);
      else if (s.getItem(KEY) !== code) s.setItem(KEY, code);
    });
  }

  // What a link has asked for is shown and kept: it need not stand in the address any more.
  function clearAddress() {
    var asked = new URLSearchParams(window.location.search);
    if (window.location.pathname !== HOME || !asked.has("area")) return;
    window.history.replaceState(window.history.state, "", HOME);
  }

  function giveBack(box) {
    // The app notices a value only when it is set as the browser itself sets it.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, before);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  }

  // Whoever has begun to type anew wants that.
  function isTyping() {
    return Array.prototype.some.call(document.querySelectorAll("#first-postcode, .st-key-postcode input"), function (field) {
      return field.value || field === document.activeElement;
    });
  }

  function look() {
    var mark = document.querySelector("[data-area]");
    if (mark) {
      isOver = true;
      keep(mark.getAttribute("data-area"));
      clearAddress();
      return;
    }
    var box = !isOver && before && document.querySelector(BOX);
    if (!box) return;
    isOver = true;
    if (!isTyping()) giveBack(box);
  }

  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(look).observe(document.getElementById("root") || document.body, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["data-area"],
    });
  });
})();
