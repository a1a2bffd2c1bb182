// What is said when the app cannot reach its server. Some networks let its files through and not its web socket.
// - It has not come some seconds after its files: the first page says so. Its search, the numbers and the simple
//   version need no socket, so that it stays as it is.
// - The connection is lost later and stays away: a line says so, with the way on, until it is back.
// Streamlit's own box about it speaks to programmers ("streamlit run yourscript.py"), and takes the numbers and "Leave
// this page" away from a keyboard: it is not shown (shell.css), and closed at once.
(function () {
  "use strict";
  var STATE = "data-test-connection-state";
  var START_MS = 8000; // from when all its files are there; with the app's first picture it is over
  var AT_LATEST_MS = 20000; // also where they do not all come
  var LOST_SECONDS = 8;
  var missed = 0; // seconds since it was last there

  function filled(id) {
    return document.getElementById(id).content.cloneNode(true);
  }

  function sayLate() {
    var words = document.getElementById("loading-words"); // gone with the first page
    if (!words || words.classList.contains("late")) return;
    words.classList.add("late");
    words.replaceChildren(filled("late-words"));
    words.parentNode.appendChild(filled("late-ask")); // not by "main-content": the app, drawn unseen, has one, too
  }

  function isLost() {
    var app = document.querySelector(".stApp");
    return app && !document.getElementById("before-app") && app.getAttribute(STATE) !== "CONNECTED";
  }

  function look() {
    var line = document.getElementById("connection");
    if (!line) return; // "Leave this page" has emptied it
    missed = isLost() ? missed + 1 : 0;
    if (missed === LOST_SECONDS) line.replaceChildren(filled("lost-words"));
    else if (!missed && line.firstChild) line.replaceChildren();
  }

  function closeBox() {
    var close = document.querySelector(".stDialog button");
    if (close) close.click();
  }

  window.addEventListener("load", function () { window.setTimeout(sayLate, START_MS); });
  window.setTimeout(sayLate, AT_LATEST_MS);
  document.addEventListener("DOMContentLoaded", function () {
    window.setInterval(look, 1000);
    new MutationObserver(closeBox).observe(document.body, { childList: true });
  });
})();
