// The areas of the coverage map, filled by value. Another measure fills the same shapes anew, so that the map keeps
// its place and its zoom. mmhs_finder/render/maps/coverage/map.py makes the data. Needs Leaflet.
var finderCoverage = (function () {
  "use strict";

  // shapes: as map.js has unpacked them. line: how it draws a line. report: tells the page what was pressed.
  return function (map, shapes, line, report) {
    var newest = null, areas = null, chosen = L.layerGroup();

    function words(i) {
      var label = document.createElement("span");
      label.textContent = newest.names[i] + ": " + newest.words[newest.values[i]];
      return label;
    }

    function area(s, i) {
      // One without a value lies outside the place that is shown: it is there to see where one is.
      if (newest.values[i] < 0) {
        return L.polygon(s.polygons, { className: "value value-outside", interactive: false, smoothFactor: 0.6 });
      }
      // Chromium stops at every shape with a label on the way of the Tab key: with hundreds of them nobody would
      // get past. The list of areas is the way instead.
      return L.polygon(s.polygons, { className: "value", fillOpacity: 1, smoothFactor: 0.6 })
        .bindTooltip(function () { return words(i); }, { sticky: true })
        .on("add", function (e) { e.target.getElement().setAttribute("tabindex", "-1"); })
        .on("click", function () { report("area", s.code); });
    }

    // about: of each shape in its order its name and the number of its value; of each value its sign and its words;
    // the codes of the shapes that are chosen.
    return function (about) {
      newest = about;
      if (!areas) areas = shapes.all.map(area).map(function (a) { return a.addTo(map); });
      areas.forEach(function (a, i) {
        if (about.values[i] >= 0) a.setStyle({ fillColor: "url(#fill-" + about.signs[about.values[i]] + ")", weight: about.weight });
      });
      chosen.clearLayers();
      if (about.chosen.length) {
        // A dark line in a white one, so that it is seen on every ground and in greyscale.
        var around = shapes.outline(about.chosen);
        chosen.addLayer(line(around, "line-around")).addLayer(line(around, "line-chosen"));
      }
      chosen.addTo(map);
    };
  };
})();
