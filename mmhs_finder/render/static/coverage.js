// The areas of the coverage map: their shapes, kept once, and the layer that fills them by value, exchanged when
// another measure is chosen, so that the map keeps its place and its zoom and the shapes are not sent again.
// mmhs_finder/render/maps/coverage/map.py writes the calls. Needs Leaflet.
var finderCoverage = (function () {
  "use strict";
  var shapes = [];

  // Each shape is [code, [[ring, ...], ...]]. A ring is a flat list of whole numbers, `precision` to a degree: the
  // first longitude and latitude, then the steps from each point to the next.
  function keep(packed, precision) {
    function points(flat) {
      var x = 0, y = 0, out = [];
      for (var i = 0; i < flat.length; i += 2) {
        x += flat[i];
        y += flat[i + 1];
        out.push([y / precision, x / precision]);
      }
      return out;
    }
    shapes = packed.map(function (s) {
      return [s[0], s[1].map(function (polygon) { return polygon.map(points); })];
    });
  }

  // values: code to [name, value]; words: value to words; line: colour and weight of the outlines. A shape without a
  // value lies outside the place that is shown: it is there to see where one is, and cannot be chosen.
  function filled(values, words, line) {
    return L.featureGroup(shapes.map(function (s) {
      var about = values[s[0]], label = document.createElement("span");
      if (!about) {
        return L.polygon(s[1], {
          color: line.color, weight: 0.3, fillOpacity: 0.55, fillColor: "#FFFFFF", interactive: false, smoothFactor: 0.6
        });
      }
      label.textContent = about[0] + ": " + words[about[1]];
      // Chromium stops at every shape with a label on the way of the Tab key: with hundreds of them nobody would
      // get past. The list of areas is the way instead.
      return L.polygon(s[1], {
        color: line.color, weight: line.weight, fillOpacity: 1, fillColor: "url(#fill-" + about[1] + ")",
        smoothFactor: 0.6
      }).bindTooltip(label, { sticky: true }).on("add", function (e) {
        e.target.getElement().setAttribute("tabindex", "-1");
      });
    }));
  }

  return { keep: keep, filled: filled };
})();
