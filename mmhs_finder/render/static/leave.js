// "Leave this page": quickly, and without a way back. Loaded before anything is drawn, needs nothing else.
//
// The link itself works without this file. With it, leaving
//   1. empties the page at once, before the network answers, and tells the server to forget, without waiting for it,
//   2. clears what this site stored in the browser,
//   3. goes back to the first entry that this visit made in the history (page changes inside the app each
//      make one) and replaces that entry by the weather page: Back then leads to what came before us.
// The entries ahead, and any that step 3 missed, are still in the history. So a mark stays in this tab, which
// holds nothing but "left": whoever comes to one of them by Back or Forward is sent on before anything
// is drawn. A visit that starts afresh (a link, a typed address) removes the mark.
//
// Why not turn every pushState into replaceState, which would be shorter: then Back inside the app, which
// is how people move on phones, would throw them out of the app and lose their answers.
(function () {
  "use strict";
  var LEFT = "left";
  var PRESSES = 3;
  var ESCAPE_WITHIN_MS = 3000;
  var SHIFT_WITHIN_MS = 5000;
  var safePlace = "https://www.bbc.co.uk/weather";
  var leaving = false;
  var safeTitle = document.currentScript.getAttribute("data-title"); // what the tab is called while leaving

  function stored(action) {
    try {
      return action(window.sessionStorage);
    } catch (error) {
      return null; // storage is switched off: the page works without the mark
    }
  }

  function empty() {
    document.documentElement.style.visibility = "hidden";
    document.title = safeTitle;
    if (document.body) document.body.textContent = "";
  }

  function sendOn() {
    empty();
    window.location.replace(safePlace);
  }

  function cameByHistory() {
    var entries = window.performance && performance.getEntriesByType
      ? performance.getEntriesByType("navigation") : [];
    return entries.length > 0 && entries[0].type === "back_forward";
  }

  if (stored(function (s) { return s.getItem(LEFT); })) {
    if (cameByHistory()) {
      sendOn();
      return;
    }
    stored(function (s) { s.removeItem(LEFT); });
  }

  // How many entries this visit has made: kept in each entry's own state, so that it is right after Back.
  var push = window.history.pushState;
  var replace = window.history.replaceState;

  function depth() {
    var state = window.history.state;
    return (state && state.mmhsDepth) || 0;
  }

  function withDepth(state, value) {
    return Object.assign({}, state, { mmhsDepth: value });
  }

  window.history.pushState = function (state, title, url) {
    return push.call(window.history, withDepth(state, depth() + 1), title, url);
  };
  window.history.replaceState = function (state, title, url) {
    return replace.call(window.history, withDepth(state, depth()), title, url);
  };

  // Sent on after the page has gone. As JSON, so that browsers say which site it comes from.
  function tellServer() {
    try {
      var home = document.documentElement.getAttribute("data-home") || "/";
      var nothing = new Blob([], { type: "application/json" });
      if (navigator.sendBeacon && navigator.sendBeacon(home + "leave", nothing)) return;
      window.fetch(home + "leave", { method: "POST", keepalive: true }).catch(function () { /* it forgets later */ });
    } catch (error) { /* leaving comes first: the server forgets when the visit's time is over */ }
  }

  function leave() {
    if (leaving) return;
    leaving = true;
    var link = document.getElementById("leave");
    if (link) safePlace = link.href;
    empty();
    tellServer();
    try { window.localStorage.clear(); } catch (error) { /* nothing stored */ }
    stored(function (s) { s.clear(); s.setItem(LEFT, "1"); });
    if (depth() > 0) {
      window.addEventListener("popstate", sendOn);
      window.setTimeout(sendOn, 400); // should the browser not go back
      window.history.go(-depth());
    } else {
      sendOn();
    }
  }

  // A page kept whole in the browser's memory: it was emptied, now it is left again.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted && stored(function (s) { return s.getItem(LEFT); })) sendOn();
  });

  document.addEventListener("click", function (event) {
    var link = event.target instanceof Element ? event.target.closest("#leave") : null;
    if (link) {
      event.preventDefault();
      leave();
      return;
    }
    if (event.target instanceof Element && event.target.closest(".skip-link")) {
      event.preventDefault(); // the app scrolls a box of its own, and an address with # makes a history entry
      skip();
    }
  }, true);

  function skip() {
    // The first page's own while it is there: the app's comes before it in the page, and is not seen yet.
    var target = document.querySelector("#before-app #main-content") ||
      document.getElementById("main-content") || document.querySelector('[data-testid="stMain"]');
    if (!target) return;
    target.setAttribute("tabindex", "-1");
    target.focus();
    target.scrollIntoView();
  }

  // Escape counts when it goes down. Shift, which other sites of the government leave by, counts when it comes up,
  // and only by itself: not with a letter, a click, or a key that chooses the keyboard's language.
  var presses = { escape: [], shift: [] };
  var isShiftAlone = false;

  function count(key, withinMs) {
    var now = Date.now();
    presses[key] = presses[key].filter(function (time) { return now - time < withinMs; });
    presses[key].push(now);
    if (presses[key].length >= PRESSES) leave();
  }

  function forgetShift() {
    isShiftAlone = false;
    presses.shift = [];
  }

  function onKey(event) {
    if (event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey) {
      if (!event.repeat) isShiftAlone = true;
      return;
    }
    forgetShift();
    if ((event.key === "Escape" || event.key === "Esc") && !event.repeat) count("escape", ESCAPE_WITHIN_MS);
  }

  function onKeyUp(event) {
    if (event.key !== "Shift" || !isShiftAlone) return;
    isShiftAlone = false;
    count("shift", SHIFT_WITHIN_MS);
  }

  function listen(to) {
    [["keydown", onKey], ["keyup", onKeyUp], ["pointerdown", forgetShift]].forEach(function (one) {
      to.removeEventListener(one[0], one[1], true);
      to.addEventListener(one[0], one[1], true);
    });
  }
  listen(window);

  // Keys pressed inside the map's frame do not reach this page: listen there too, once it has the focus.
  window.addEventListener("blur", function () {
    window.setTimeout(function () {
      var frame = document.activeElement;
      if (!frame || frame.tagName !== "IFRAME") return;
      try {
        listen(frame.contentWindow);
      } catch (error) { /* a frame of another host: there is none */ }
    }, 0);
  });

  // The first page gives way once the app has drawn its own, and not before: until then the app is drawn unseen
  // (shell.css), so that there is a box to type in all the time. Who is typing goes on in the app's own box: what
  // she has typed is handed over.
  document.documentElement.classList.add("starting");
  document.addEventListener("DOMContentLoaded", function () {
    var root = document.getElementById("root");
    var before = document.getElementById("before-app");
    if (!root || !before) return;
    var first = document.getElementById("first-postcode");
    function check() {
      if (!before.isConnected) return true;
      if (!root.querySelector(".st-key-footer")) return false; // the last that the app draws
      var typing = first && (first.value || document.activeElement === first);
      var box = root.querySelector(".st-key-postcode input");
      var hasBox = root.querySelector(".st-key-postcode");
      if (!box && (hasBox || typing)) return false; // it comes later; on other pages she is answered by the form
      var typed = typing && box ? [first.value, first.selectionStart] : null;
      before.remove();
      document.documentElement.classList.remove("starting");
      if (typed) {
        ["keydown", "pointerdown"].forEach(function (name) { window.addEventListener(name, letHer, { capture: true, once: true }); });
        handOver(typed[0], typed[1], 20);
      }
      return true;
    }
    // The app may draw its box once more while it starts, empty: so it is looked at again for a moment, until
    // she does something herself.
    var isHers = false;
    function letHer() { isHers = true; }
    function handOver(text, at, times) {
      if (isHers) return;
      var box = root.querySelector(".st-key-postcode input");
      if (box && box.value === "" && text) {
        // The app notices a value only when it is set as the browser itself sets it.
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, text);
        box.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (box && document.activeElement !== box) {
        box.focus({ preventScroll: true });
        box.setSelectionRange(at, at);
      }
      if (times > 0) window.setTimeout(handOver, 50, text, at, times - 1);
    }
    if (check()) return;
    if (first) first.addEventListener("blur", function () { window.setTimeout(check, 0); });
    var watcher = new MutationObserver(function () { if (check()) watcher.disconnect(); });
    watcher.observe(root, { childList: true, subtree: true });
  });
})();
