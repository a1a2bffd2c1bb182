// The connection broke, and what answers now knows nothing of this visit: its time was over, or the server that held it
// has gone and another one has taken its place. The page in sight would then be a picture of what nobody remembers.
// So it is loaded afresh: the tab has kept the area (kept.js), and a line says that all else is gone.
//
// The app says by `data-visit` which visit this is, with a number that means nothing anywhere else. Once a lost
// connection is back, a button that nobody sees is pressed: it makes the app say it again.
(function () {
  "use strict";
  var KEY = "broke"; // in the tab's own storage, from the break until the words are in sight
  var AREA = "area"; // as kept.js names it
  var STATE = "data-test-connection-state";
  var AGAIN = ".st-key-still_here button";
  var visit = null;
  var wasAway = false;
  var isOver = false;

  function stored(action) {
    try {
      return action(window.sessionStorage);
    } catch (error) {
      return null; // storage is switched off: the page begins afresh without a word
    }
  }

  var broke = stored(function (s) { return s.getItem(KEY); });

  function say() {
    broke = null;
    stored(function (s) { s.removeItem(KEY); });
    var line = document.getElementById("came-back");
    if (!line) return; // "Leave this page" has emptied it
    var words = document.getElementById("broke-words").content.cloneNode(true);
    var area = words.querySelector("[data-with-area]");
    if (!stored(function (s) { return s.getItem(AREA); })) area.remove();
    words.querySelector("button").addEventListener("click", function () { line.replaceChildren(); });
    line.replaceChildren(words);
  }

  function look() {
    var mark = document.querySelector("[data-visit]");
    if (!mark || isOver) return;
    var now = mark.getAttribute("data-visit");
    if (visit && now !== visit) {
      isOver = true;
      stored(function (s) { s.setItem(KEY, "1"); });
      window.location.reload();
      return;
    }
    visit = now;
    if (broke) say();
  }

  function isThere() {
    var app = document.querySelector(".stApp");
    return !app || app.getAttribute(STATE) === "CONNECTED";
  }

  function ask() {
    if (!visit || !wasAway || !isThere()) return;
    var button = document.querySelector(AGAIN);
    if (!button || button.disabled) return; // the next look finds it
    wasAway = false;
    button.click();
  }

  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(function () {
      if (!isThere()) wasAway = true;
      look();
    }).observe(document.getElementById("root") || document.body, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["data-visit", STATE],
    });
    window.setInterval(ask, 500);
  });
})();
