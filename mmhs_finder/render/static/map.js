// What every map of the finder does by itself: open, make room for signs and names, keep the view, name itself.
// mmhs_finder/render/maps/leaflet.py writes the calls. Needs Leaflet.
// Not for: what is on a map, and not for the coverage map's areas (coverage.js).
var finderMap = (function () {
  "use strict";

  // A map in the element of that id. One finger scrolls the page, two fingers move the map.
  function open(id, options) {
    // Else Leaflet's own pin, drawn before ours replaces it, asks for pictures.
    L.Marker.prototype.options.icon = L.divIcon();
    options.dragging = !window.matchMedia("(pointer: coarse)").matches;
    options.renderer = L.svg({ padding: 0.5 });
    return L.map(id, options);
  }

  // Names of towns and councils, each [name, latitude, longitude, rank]; lower ranks are shown first.
  function names(rows) {
    return L.layerGroup(rows.map(function (row) {
      var name = document.createElement("span");
      name.textContent = row[0];
      return L.marker([row[1], row[2]], {
        interactive: false, keyboard: false, town: row[3], width: 16 + 8 * row[0].length,
        icon: L.divIcon({ html: name, iconSize: [0, 0], className: "town rank-" + row[3] })
      });
    }));
  }

  // Where a sign may go, nearest first: where it belongs, then rings around it.
  var SPOTS = [[0, 0]];
  [30, 60, 90].forEach(function (r) {
    for (var i = 0; i < 8 * r / 30; i++) {
      var a = i * Math.PI / 4 * 30 / r;
      SPOTS.push([Math.round(r * Math.cos(a)), Math.round(r * Math.sin(a))]);
    }
  });

  function free(taken, b) {
    return taken.every(function (t) {
      return Math.abs(t.x - b.x) * 2 >= t.w + b.w || Math.abs(t.y - b.y) * 2 >= t.h + b.h;
    });
  }

  // Moves signs apart that would lie on each other, and shows the names there is room for.
  function arranging(map) {
    var box = map.getContainer();
    var leads = L.layerGroup().addTo(map); // from moved signs to where they belong

    function move(mark, dx, dy) {
      var el = mark.getElement(), icon = mark.options.icon.options, a = icon.iconAnchor;
      el.style.marginLeft = dx - a[0] + "px";
      el.style.marginTop = dy - a[1] + "px";
      icon.popupAnchor = [dx, dy - a[1]];
      icon.tooltipAnchor = [dx, dy];
      if (!dx && !dy) return;
      var p = map.latLngToLayerPoint(mark.getLatLng()), up = mark.options.up;
      var end = map.layerPointToLatLng([p.x + dx, p.y + dy - up]);
      L.polyline([mark.getLatLng(), end], { className: "lead", weight: 1.5, interactive: false }).addTo(leads);
    }

    function placeSigns(signs, taken) {
      signs.sort(function (a, b) { return a.options.pin - b.options.pin; });
      signs.forEach(function (s) {
        var p = map.latLngToLayerPoint(s.getLatLng()), up = s.options.up || 0;
        var size = s.options.icon.options.iconSize[0] - 2, best = SPOTS[0], b;
        for (var i = 0; i < SPOTS.length; i++) {
          b = { x: p.x + SPOTS[i][0], y: p.y - up + SPOTS[i][1], w: size, h: size };
          if (s.options.still || free(taken, b)) { best = SPOTS[i]; break; }
        }
        taken.push({ x: p.x + best[0], y: p.y - up + best[1], w: size, h: size });
        if (!s.options.still) move(s, best[0], best[1]);
      });
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

    return function () {
      leads.clearLayers();
      var signs = [], towns = [], taken = [];
      map.eachLayer(function (l) {
        if (l.options.pin !== undefined) signs.push(l);
        if (l.options.town) towns.push(l);
      });
      placeSigns(signs, taken);
      placeNames(towns, taken);
    };
  }

  // Enter does all that a click does: Leaflet alone would open the popup and tell nobody.
  function pressable(sign) {
    if (sign.options.pin === undefined || sign.pressable) return;
    sign.pressable = true;
    sign.off("keypress").on("keypress", function (e) {
      if (e.originalEvent.key !== "Enter") return;
      sign.fire("click", { latlng: sign.getLatLng(), originalEvent: e.originalEvent });
    });
  }

  function popups(map) {
    var box = map.getContainer();
    box.addEventListener("keydown", function (e) {
      if (e.key === "Escape") map.closePopup();
    });
    map.on("popupclose", function () { box.classList.remove("has-popup"); });
    map.on("popupopen", function (e) {
      box.classList.add("has-popup");
      var sign = e.popup._source;
      if (sign && sign.closeTooltip) sign.closeTooltip();
    });
  }

  // The frame gets its size after the map is made: fit again until somebody uses the map.
  function keepView(map, view, fit) {
    var touched = false;
    ["pointerdown", "keydown", "touchstart"].forEach(function (name) {
      map.getContainer().addEventListener(name, function () { touched = true; }, { passive: true });
    });
    map.on("resize", function () {
      if (!touched) map.fitBounds(view, fit);
    });
  }

  function name(map, label, layersLabel) {
    var box = map.getContainer();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", label);
    document.title = label;
    try { window.frameElement.title = label; } catch (e) { /* not in a frame */ }
    map.attributionControl.setPrefix(false);
    var toggle = box.querySelector(".leaflet-control-layers-toggle");
    if (toggle) { toggle.textContent = layersLabel; toggle.title = ""; }
  }

  // Leaflet's own buttons, which it names in English.
  function nameButton(box, selector, words) {
    var button = box.querySelector(selector);
    if (!button) return;
    button.title = words;
    button.setAttribute("aria-label", words);
  }

  // Call once, when everything is on the map. about: view, fit, and the words of the map and its buttons.
  function behave(map, about) {
    name(map, about.label, about.layersLabel);
    nameButton(map.getContainer(), ".leaflet-control-zoom-in", about.zoomIn);
    nameButton(map.getContainer(), ".leaflet-control-zoom-out", about.zoomOut);
    map.on("popupopen", function (e) {
      e.popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", about.closePopup);
    });
    var arrange = arranging(map);
    map.on("moveend zoomend resize overlayadd overlayremove", arrange);
    map.eachLayer(pressable);
    map.on("layeradd", function (e) { pressable(e.layer); });
    popups(map);
    keepView(map, about.view, about.fit);
    arrange();
    // Buttons and names have their places only when the style sheets have come.
    document.querySelectorAll("link[rel=stylesheet]").forEach(function (link) {
      link.addEventListener("load", arrange);
    });
  }

  return { open: open, names: names, behave: behave };
})();
