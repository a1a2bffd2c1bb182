// Makes room on a map: no two signs lie on each other, and names appear where there is room for them.
// Signs are either moved apart, with a line to where they belong, or gathered in one sign with their number, which
// opens when it is pressed. Not for: what the signs are (map.js).
var finderSigns = (function () {
  "use strict";

  // Where a sign may go, nearest first: where it belongs, then rings around it.
  var SPOTS = [[0, 0]];
  [34, 68, 102].forEach(function (r) {
    var steps = Math.round(8 * r / 34);
    for (var i = 0; i < steps; i++) {
      var a = i * 2 * Math.PI / steps;
      SPOTS.push([Math.round(r * Math.cos(a)), Math.round(r * Math.sin(a))]);
    }
  });

  function free(taken, b) {
    return taken.every(function (t) {
      return Math.abs(t.x - b.x) * 2 >= t.w + b.w || Math.abs(t.y - b.y) * 2 >= t.h + b.h;
    });
  }

  // least: pixels between the middles of two signs. make: what map.js makes elements with.
  return function (map, least, words, make) {
    var box = map.getContainer();
    var leads = L.layerGroup().addTo(map); // from moved signs to where they belong
    var heaps = L.layerGroup().addTo(map); // signs that stand for several

    function move(mark, dx, dy) {
      var el = mark.getElement(), icon = mark.options.icon.options, a = icon.iconAnchor;
      el.style.marginLeft = dx - a[0] + "px";
      el.style.marginTop = dy - a[1] + "px";
      icon.popupAnchor = [dx, dy - a[1]];
      icon.tooltipAnchor = [dx, dy];
      if (!dx && !dy) return;
      var p = map.latLngToLayerPoint(mark.getLatLng());
      var end = map.layerPointToLatLng([p.x + dx, p.y + dy - mark.options.up]);
      L.polyline([mark.getLatLng(), end], { className: "lead", weight: 1.5, interactive: false }).addTo(leads);
    }

    // Signs in their order; each takes the nearest free spot, or joins the sign that is nearest to it.
    function placeSigns(signs, taken, spread) {
      var groups = [];
      signs.sort(function (a, b) { return a.options.pin - b.options.pin; });
      signs.forEach(function (s) {
        var p = map.latLngToLayerPoint(s.getLatLng()), found = null, nearest = null, b;
        s.getElement().style.display = "";
        (spread ? SPOTS : [[0, 0]]).some(function (spot) {
          b = { x: p.x + spot[0], y: p.y - s.options.up + spot[1], w: least, h: least };
          if (s.options.fixed || free(taken, b)) found = spot;
          return found;
        });
        if (found) {
          taken.push(b);
          if (s.options.fixed) return;
          move(s, found[0], found[1]);
          groups.push({ x: b.x, y: b.y, marks: [s] });
          return;
        }
        groups.forEach(function (g) {
          var d = Math.hypot(g.x - p.x, g.y - p.y);
          if (!nearest || d < nearest.d) nearest = { d: d, g: g };
        });
        if (nearest) nearest.g.marks.push(s);
      });
      groups.filter(function (g) { return g.marks.length > 1; }).forEach(heap);
    }

    function heap(group) {
      var number = group.marks.length, size = 34;
      group.marks.forEach(function (m) { m.getElement().style.display = "none"; });
      var one = L.marker(map.layerPointToLatLng([group.x, group.y]), {
        heap: group.marks, riseOnHover: true,
        icon: make.icon(make.element("span", "number", String(number)), size, [size / 2, size / 2], "pin heap",
          words.many.replace("{number}", number))
      });
      make.pressable(one, function (byKey) { opened(group.marks, byKey); });
      one.addTo(heaps);
      one.getElement().querySelector(".number").setAttribute("aria-hidden", "true");
    }

    // Goes so near that its signs come apart; where they cannot, says what each is.
    function opened(marks, byKey) {
      var bounds = L.latLngBounds(marks.map(function (m) { return m.getLatLng(); }));
      var zoom = Math.min(map.getBoundsZoom(bounds, false, L.point(80, 80)), map.getMaxZoom());
      if (zoom < map.getZoom() + 0.5) zoom = map.getZoom() + 1;
      var span = map.project(bounds.getNorthEast(), map.getMaxZoom()).distanceTo(
        map.project(bounds.getSouthWest(), map.getMaxZoom()));
      if (zoom > map.getMaxZoom() || span < least) {
        make.chosen(marks);
        return;
      }
      map.setView(bounds.getCenter(), zoom, { animate: false });
      if (byKey) focus(marks[0]);
    }

    function focus(mark) {
      var heaped = heaps.getLayers().filter(function (h) { return h.options.heap.indexOf(mark) >= 0; })[0];
      (heaped || mark).getElement().focus();
    }

    // Names keep clear of the buttons and of the edge, so that none is cut off.
    function placeNames(towns, taken) {
      var size = map.getSize(), corner = map.containerPointToLayerPoint([0, 0]), zoom = map.getZoom();
      var here = box.getBoundingClientRect();
      box.querySelectorAll(".leaflet-control").forEach(function (c) {
        var q = c.getBoundingClientRect();
        taken.push({
          x: corner.x + q.left - here.left + q.width / 2, w: q.width + 8,
          y: corner.y + q.top - here.top + q.height / 2, h: q.height + 8
        });
      });
      function whole(b) {
        return b.x - b.w / 2 >= corner.x && b.x + b.w / 2 <= corner.x + size.x
          && b.y - b.h / 2 >= corner.y && b.y + b.h / 2 <= corner.y + size.y;
      }
      towns.sort(function (a, b) { return a.options.town - b.options.town; });
      towns.forEach(function (t) {
        var rank = t.options.town, el = t.getElement(), w = t.options.width, found = null;
        if (rank === 1 || (rank === 2 && zoom >= 8) || zoom >= 10) {
          var p = map.latLngToLayerPoint(t.getLatLng()), side = w / 2 + 12;
          [[0, 0], [0, 24], [0, -22], [side, 0], [-side, 0]].some(function (o) {
            var b = { x: p.x + o[0], y: p.y + o[1], w: w, h: 20 };
            if (whole(b) && free(taken, b)) { found = o; taken.push(b); }
            return found;
          });
        }
        el.style.display = found ? "" : "none";
        if (found) {
          el.firstChild.style.left = found[0] + "px";
          el.firstChild.style.top = found[1] + "px";
        }
      });
    }

    return function (spread) {
      var signs = [], towns = [], taken = [], at = null;
      heaps.eachLayer(function (h) { if (h.getElement() === document.activeElement) at = h.options.heap[0]; });
      leads.clearLayers();
      heaps.clearLayers();
      map.eachLayer(function (l) {
        if (l.options.pin !== undefined) signs.push(l);
        if (l.options.town) towns.push(l);
      });
      placeSigns(signs, taken, spread);
      placeNames(towns, taken);
      if (at && map.hasLayer(at)) focus(at);
    };
  };
})();
