// What changes without anybody moving is said: a container whose key begins with "status" is a live region from the
// moment it is there, before its words change. Streamlit keeps the container and draws only what is in it anew.
(function () {
  "use strict";

  function mark() {
    document.querySelectorAll('[class*="st-key-status"]:not([role])').forEach(function (region) {
      region.setAttribute("role", "status");
      region.setAttribute("aria-atomic", "true");
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    mark();
    new MutationObserver(mark).observe(document.body, { childList: true, subtree: true });
  });
})();
