// The shapes of areas, as they come in a file: unpacked, their outline taken together, and where England ends.
// mmhs_finder/render/maps/shapes_files.py makes the file. Not for: drawing them (map.js, coverage.js).
var finderShapes = (function () {
  "use strict";

  // Each shape is [code, [[ring, ...], ...]]. A ring is a flat list of whole numbers, `steps` to a degree: the first
  // longitude and latitude, then the steps from each point to the next.
  return function (file) {
    function points(flat) {
      var x = 0, y = 0, out = [];
      for (var i = 0; i < flat.length; i += 2) {
        x += flat[i];
        y += flat[i + 1];
        out.push([y / file.steps, x / file.steps]);
      }
      return out;
    }
    var shapes = file.shapes.map(function (s) {
      return { code: s[0], polygons: s[1].map(function (polygon) { return polygon.map(points); }) };
    });
    var byCode = {};
    shapes.forEach(function (s) { byCode[s.code] = s; });

    // The lines around some shapes taken together: those that only one of them has.
    function outline(codes) {
      var lines = new Map();
      codes.forEach(function (code) {
        (byCode[code] ? byCode[code].polygons : []).forEach(function (polygon) {
          polygon.forEach(function (ring) {
            for (var i = 1; i < ring.length; i++) {
              var a = ring[i - 1].join(), b = ring[i].join(), key = a < b ? a + " " + b : b + " " + a;
              if (!lines.delete(key)) lines.set(key, [a, b, ring[i - 1], ring[i]]);
            }
          });
        });
      });
      var from = new Map(), out = [];
      lines.forEach(function (line) {
        if (!from.has(line[0])) from.set(line[0], []);
        from.get(line[0]).push(line);
      });
      from.forEach(function (starts) {
        while (starts.length) {
          var line = starts.pop(), path = [line[2], line[3]], next = from.get(line[1]);
          while (next && next.length) {
            line = next.pop();
            path.push(line[3]);
            next = from.get(line[1]);
          }
          out.push(path);
        }
      });
      return out;
    }

    // Whether something of the picture is outside England: looked at in a grid of points.
    function reachesOutside(seen) {
      var near = shapes.filter(function (s) {
        s.bounds = s.bounds || L.latLngBounds(s.polygons.map(function (p) { return L.latLngBounds(p[0]); }).reduce(
          function (all, b) { return all.extend(b); }));
        return seen.intersects(s.bounds);
      });
      for (var i = 0; i < 81; i++) {
        var y = seen.getSouth() + (seen.getNorth() - seen.getSouth()) * (i % 9 + 0.5) / 9;
        var x = seen.getWest() + (seen.getEast() - seen.getWest()) * (Math.floor(i / 9) + 0.5) / 9;
        if (!near.some(function (s) { return s.bounds.contains([y, x]) && holds(s.polygons, y, x); })) return true;
      }
      return false;
    }

    function holds(polygons, y, x) {
      return polygons.some(function (polygon) {
        var inside = false;
        polygon.forEach(function (ring) {
          for (var i = 1; i < ring.length; i++) {
            var a = ring[i - 1], b = ring[i];
            if (a[0] > y !== b[0] > y && x < (b[1] - a[1]) * (y - a[0]) / (b[0] - a[0]) + a[1]) inside = !inside;
          }
        });
        return inside;
      });
    }

    return {
      all: shapes, byCode: byCode, outline: outline, reachesOutside: reachesOutside,
      towns: file.towns, labels: file.labels || []
    };
  };
})();
