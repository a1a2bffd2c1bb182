// What somebody typed into the address is taken out of the bar and the history, and nothing about addresses is kept.
// Loaded before anything is drawn, and before Streamlit's scripts, which would write it down.
//
// - What stands behind "?" the server has taken out before (mmhs_finder/channels/shell/asked.py). What stands behind
//   "#" it never hears of: no page of ours is opened by it, so all of it goes.
// - An address that no page has (`data-instead` on this script): a plain one takes its place.
// - Streamlit writes the theme into localStorage under a name that holds the address of the page, and how wide its
//   side bar is. Nobody can choose either here, so nothing is written there, and what was before is removed.
(function () {
  "use strict";
  var instead = document.currentScript.getAttribute("data-instead");

  function clean() {
    if (!instead && !window.location.hash && !/#$/.test(window.location.href)) return;
    var address = instead || window.location.pathname + window.location.search;
    window.history.replaceState(window.history.state, "", address);
  }

  clean();
  window.addEventListener("hashchange", clean);

  var WRITTEN = /^(stActiveTheme|stSidebar|sidebar)/;
  var set = Storage.prototype.setItem;

  try {
    Object.keys(window.localStorage).forEach(function (key) {
      if (WRITTEN.test(key)) window.localStorage.removeItem(key);
    });
    Storage.prototype.setItem = function (key, value) {
      if (this === window.localStorage && WRITTEN.test(key)) return;
      set.call(this, key, value);
    };
  } catch (error) { /* storage is switched off: nothing is kept */ }
})();
