// The parts of a page by which a screen reader moves: Streamlit draws the whole page, with the urgent numbers and the
// footer, as one <main>. Here that is a plain box; what belongs to one page only is its main part, and the footer is
// the site's. Without this file all is <main>, and nothing is out of reach.
// Loaded before Streamlit's own script, which draws.
(function () {
  "use strict";
  var ROLES = { ".st-key-page": "main", ".st-key-footer": "contentinfo" };
  var create = document.createElement;

  document.createElement = function (name, options) {
    return create.call(document, name === "main" ? "div" : name, options);
  };

  function name() {
    Object.keys(ROLES).forEach(function (where) {
      var part = document.querySelector(where);
      if (part && part.getAttribute("role") !== ROLES[where]) part.setAttribute("role", ROLES[where]);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
    name();
  });
})();
