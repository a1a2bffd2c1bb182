// The frame of a map: talks to the page around it, and draws the map when it is wanted. Loaded at once and small;
// Leaflet, map.js and the shapes come only when a map is drawn.
// On wide screens that is at once; on a phone the map waits for "Show the map", and one that fills its frame until it
// comes into view. mmhs_finder/render/maps/frame.py writes the page, mmhs_finder/render/maps/leaflet.py the data.
(function () {
  "use strict";
  var PHONE = 640; // CSS pixels of the whole window, not of the frame: a frame beside an answer is narrow, too
  var body = document.body;
  var words = JSON.parse(body.getAttribute("data-words"));
  var given = null; // the map as data, the newest
  var drawn = null; // what map.js has made of it; for tests and benchmarks also as window.finderDrawn
  var begun = false;
  var height = 0;

  // --- the page around the frame: Streamlit's way of talking to a component -------------------------------------

  function tell(type, more) {
    window.parent.postMessage(
      Object.assign({ isStreamlitMessage: true, type: "streamlit:" + type }, more), window.location.origin);
  }

  var count = 0; // so that the same sign pressed once more is heard, too

  function report(kind, code) {
    var value = { count: ++count };
    value[kind] = code;
    tell("setComponentValue", { value: value, dataType: "json" });
  }

  function fit() {
    if (!given || given.fills) return;
    var now = Math.ceil(body.getBoundingClientRect().height);
    if (now === height) return;
    height = now;
    tell("setFrameHeight", { height: now });
  }

  window.addEventListener("message", function (event) {
    if (event.source !== window.parent || event.origin !== window.location.origin) return;
    if (event.data.type !== "streamlit:render") return;
    var before = JSON.stringify(given);
    given = event.data.args.map;
    if (!given || JSON.stringify(given) === before) return;
    if (drawn) drawn.update(given);
    else if (!begun) offer();
    fit();
  });

  // --- when it is drawn -------------------------------------------------------------------------------------------

  function element(id) { return document.getElementById(id); }

  function isPhone() {
    return window.parent.innerWidth <= PHONE;
  }

  function offer() {
    body.classList.toggle("fills", given.fills);
    name(given.label);
    if (!isPhone()) {
      draw();
    } else if (given.fills) {
      new IntersectionObserver(function (seen, watcher) {
        if (!seen.some(function (s) { return s.isIntersecting; })) return;
        watcher.disconnect();
        draw();
      }).observe(body);
    } else {
      element("undrawn").hidden = false;
    }
  }

  function name(label) {
    document.title = label;
    window.frameElement.title = label;
  }

  function loaded(tag, attributes) {
    return new Promise(function (done, failed) {
      var one = Object.assign(document.createElement(tag), attributes);
      one.onload = done;
      one.onerror = failed;
      document.head.appendChild(one);
    });
  }

  function urls(kind) { return body.getAttribute("data-" + kind).split(" "); }

  function draw(byHand) {
    if (begun) return;
    begun = true;
    var shapes = fetch(given.shapes).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    });
    var files = urls("styles").map(function (url) { return loaded("link", { rel: "stylesheet", href: url }); })
      // In their order: the later ones use the first.
      .concat(urls("scripts").map(function (url) { return loaded("script", { src: url, async: false }); }));
    Promise.all([shapes].concat(files)).then(function (found) {
      element("undrawn").hidden = true;
      element("drawn").hidden = false;
      fit();
      drawn = window.finderDrawn = window.finderMap.open(given, found[0], words, report);
      if (byHand) element("map").focus();
      fit();
    }).catch(function () {
      begun = false; // by the button once more
      element("drawn").hidden = true;
      element("undrawn").hidden = false;
      element("failed").hidden = false;
      fit();
    });
  }

  element("draw").addEventListener("click", function () {
    element("failed").hidden = true;
    draw(true);
  });

  new ResizeObserver(fit).observe(body);
  tell("componentReady", { apiVersion: 1 });
})();
