// Draws a map of the finder from data: areas, signs, names, legend, and the switch for streets.
// mmhs_finder/render/maps/leaflet.py makes the data; every text in it is put on the map as text, never as HTML.
// Needs Leaflet, map_shapes.js, map_signs.js and coverage.js. Not for: when a map is drawn (frame.js).
var finderMap = (function () {
  "use strict";
  var LEAST = 34; // pixels between the middles of two signs that are not moved apart but gathered
  var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function element(tag, name, text) {
    var one = document.createElement(tag);
    if (name) one.className = name;
    if (text) one.textContent = text;
    return one;
  }

  function svg(tag, attributes) {
    var one = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.keys(attributes).forEach(function (key) { one.setAttribute(key, attributes[key]); });
    return one;
  }

  // One of the drawings that the page holds.
  function drawing(name, size) {
    var one = svg("svg", { width: size, height: size, "aria-hidden": "true" });
    one.appendChild(svg("use", { href: "#sign-" + name }));
    return one;
  }

  // --- layers ---------------------------------------------------------------------------------------------------

  function area(shape, name) {
    return L.polygon(shape.polygons, { className: "area " + name, interactive: false, weight: 1, fillOpacity: 1 });
  }

  function line(paths, name) {
    return L.polyline(paths, { className: "line " + name, interactive: false, noClip: true });
  }

  function areas(shapes, layer) {
    return L.featureGroup(layer.groups.map(function (codes) {
      if (layer.kind !== "served") return line(shapes.outline(codes), "line-" + layer.kind);
      return L.featureGroup(codes.filter(function (c) { return shapes.byCode[c]; }).map(function (c) {
        return area(shapes.byCode[c], "area-served");
      }).concat(line(shapes.outline(codes), "line-served")));
    }));
  }

  function names(shapes, layer) {
    var taken = {}, rows = shapes.towns.map(function (t) {
      taken[t[0]] = true;
      return [t[0], t[1], t[2], t[3] + layer.back];
    });
    if (layer.councils) {
      shapes.labels.forEach(function (row) { if (!taken[row[0]]) rows.push(row.concat(4)); });
    }
    return L.layerGroup(rows.map(function (row) {
      return L.marker([row[1], row[2]], {
        interactive: false, keyboard: false, town: row[3], width: 16 + 8 * row[0].length,
        icon: L.divIcon({ html: element("span", "", row[0]), iconSize: [0, 0], className: "town rank-" + row[3] })
      });
    }));
  }

  function icon(sign, size, anchor, name, words) {
    var inside = element("div");
    inside.appendChild(sign);
    inside.appendChild(element("span", "sr", words));
    return L.divIcon({ html: inside, iconSize: [size, size], iconAnchor: anchor, className: name });
  }

  function signs(layer, chosen) {
    var half = layer.size / 2, anchor = layer.drop ? [half, layer.size - 1] : [half, half];
    return L.featureGroup(layer.signs.map(function (s) {
      var mark = L.marker(s.at, {
        pin: s.rank, size: layer.size, up: layer.drop ? Math.round(layer.size * 0.55) : 0, riseOnHover: true, about: s,
        icon: icon(drawing(layer.sign, layer.size), layer.size, anchor, "pin", s.title)
      });
      mark.bindTooltip(element("span", "", s.title), { direction: "top", offset: [0, -anchor[1]] });
      pressable(mark, function () { chosen([mark]); });
      return mark;
    }));
  }

  // Enter and Space do what a click does: Leaflet alone would not tell us of them. press: is told whether it was a key.
  function pressable(mark, press) {
    mark.on("click", function () { press(false); });
    mark.on("add", function () {
      mark.getElement().addEventListener("keydown", function (e) {
        if (e.key !== "Enter" && e.key !== " ") return;
        e.preventDefault();
        press(true);
      });
    });
  }

  function place(layer) {
    if (layer.type === "around") {
      return L.circle(layer.at, { radius: layer.radius, className: "around", interactive: false });
    }
    return L.marker(layer.at, {
      pin: 0, size: 24, up: 0, fixed: true, interactive: false, keyboard: false,
      icon: icon(drawing("place", 24), 24, [12, 12], "pin place", layer.name)
    });
  }

  // --- what a sign says ------------------------------------------------------------------------------------------

  function told(text) {
    var box = element("div", "pop");
    box.appendChild(element("b", "", text.head));
    (text.lines || []).forEach(function (t) { box.appendChild(element("p", "", t)); });
    if (text.rows) {
      var list = box.appendChild(element("ul"));
      text.rows.forEach(function (t) { list.appendChild(element("li", "", t)); });
    }
    if (text.call) {
      var p = box.appendChild(element("p", "", text.call[0] + " ")), a = p.appendChild(element("a", "", text.call[2]));
      if (/^tel:[+\d]+$/.test(text.call[1])) a.href = text.call[1];
    }
    return box;
  }

  function open(first, file, words, report) {
    // Else Leaflet's own pin, drawn before ours replaces it, asks for pictures.
    L.Marker.prototype.options.icon = L.divIcon();
    var box = document.getElementById("map"), said = document.getElementById("said");
    var shapes = window.finderShapes(file);
    var data = first, shown = [], switches = null, off = {}, touched = false, values = null;
    var reduced = { animate: !still };
    var map = L.map(box, {
      dragging: !window.matchMedia("(pointer: coarse)").matches, // one finger scrolls the page, two move the map
      renderer: L.svg({ padding: 0.5 }), minZoom: 5, maxZoom: data.zoom, scrollWheelZoom: false,
      zoomSnap: data.fills ? 0.05 : 0.25,
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still
    });
    map.attributionControl.setPrefix(false).addAttribution(words.credit);
    L.control.scale({ position: "bottomleft" }).addTo(map);
    var fit = {
      paddingTopLeft: data.fills ? [4, 4] : [18, 18], paddingBottomRight: data.fills ? [4, 4] : [18, 40],
      maxZoom: 11, animate: false
    };
    map.fitBounds(data.view, fit);
    var ground = L.featureGroup(data.layers.some(function (l) { return l.type === "values"; }) ? []
      : shapes.all.map(function (s) { return area(s, "area-land"); })).addTo(map);
    var arrange = window.finderSigns(map, LEAST, words, {
      element: element, svg: svg, icon: icon, pressable: pressable, chosen: function (marks) { choose(marks); }
    });

    // Where there is room a sign speaks beside itself, else under the map: what it says never covers the map.
    function choose(marks) {
      var text = element("div", "texts"), about = marks[0].options.about;
      marks.forEach(function (m) { text.appendChild(told(m.options.about.text)); });
      said.textContent = "";
      map.closePopup();
      if (marks[0].getTooltip()) marks[0].closeTooltip();
      var size = map.getSize();
      if (size.x >= 480 && size.y >= 400) {
        var at = marks[0].options.icon.options.popupAnchor || [0, -marks[0].options.icon.options.iconAnchor[1]];
        L.popup({
          maxWidth: Math.min(320, size.x * 0.6), minWidth: 160, maxHeight: Math.floor(size.y * 0.5), offset: at,
          autoPanPaddingTopLeft: [64, 12], autoPanPaddingBottomRight: [12, 12], closeButton: true
        }).setLatLng(marks[0].getLatLng()).setContent(text).openOn(map);
      } else {
        said.appendChild(text);
      }
      mark(marks[0]);
      if (data.reports) report("service", about.id);
    }

    function mark(one) {
      box.querySelectorAll(".chosen").forEach(function (e) { e.classList.remove("chosen"); });
      if (one && one.getElement()) one.getElement().classList.add("chosen");
    }

    map.on("popupopen", function (e) {
      var button = e.popup.getElement().querySelector(".leaflet-popup-close-button");
      button.title = words.close;
      button.setAttribute("aria-label", words.close);
      var long = e.popup.getElement().querySelector(".leaflet-popup-scrolled");
      if (long) long.setAttribute("tabindex", "0"); // so that the keyboard can scroll it
    });
    box.addEventListener("keydown", function (e) {
      if (e.key !== "Escape") return;
      var inside = document.activeElement.closest(".leaflet-popup"), one = box.querySelector(".chosen");
      map.closePopup();
      said.textContent = "";
      mark(null);
      if (inside && one) one.focus();
    });
    map.on("popupclose", function () { mark(null); });
    // A label near the edge moves inside, so that it is not cut off.
    map.on("tooltipopen", function (e) {
      if (e.tooltip.options.sticky) return; // goes with the mouse
      var label = e.tooltip.getElement(), room = box.getBoundingClientRect(), at;
      label.style.marginLeft = "";
      at = label.getBoundingClientRect();
      if (at.left < room.left + 4) label.style.marginLeft = room.left + 4 - at.left + "px";
      if (at.right > room.right - 4) label.style.marginLeft = room.right - 4 - at.right + "px";
    });

    // --- the layers of the newest data --------------------------------------------------------------------------

    function build() {
      var control = {};
      map.closePopup();
      said.textContent = "";
      shown.forEach(function (l) { if (l.on) l.on.remove(); });
      if (switches) switches.remove();
      shown = data.layers.map(function (l) {
        var on = null;
        if (l.type === "areas") on = areas(shapes, l);
        else if (l.type === "signs") on = signs(l, choose);
        else if (l.type === "names") on = names(shapes, l);
        else if (l.type === "place" || l.type === "around") on = place(l);
        else if (l.type === "values") {
          values = values || window.finderCoverage(map, shapes, line, report);
          values(l);
        }
        if (on && !off[l.name]) on.addTo(map);
        // Leaflet takes the name as HTML.
        if (on && (l.type === "areas" && l.kind !== "place" || l.type === "signs" || l.type === "names")) {
          control[element("span", "", l.name).innerHTML] = on;
        }
        return { about: l, on: on };
      });
      if (data.switches) {
        switches = L.control.layers(null, control, { position: "topright", collapsed: true }).addTo(map);
        var toggle = box.querySelector(".leaflet-control-layers-toggle");
        toggle.textContent = words.layers;
        toggle.title = "";
      } else {
        switches = null;
      }
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", data.label);
      document.title = window.frameElement.title = data.label;
      changed();
    }

    function changed() {
      arrange(data.spread);
      legend();
    }

    map.on("overlayremove overlayadd", function (e) {
      shown.forEach(function (l) { if (l.on === e.layer) off[l.about.name] = e.type === "overlayremove"; });
      changed();
    });

    // --- the legend: only what is in view -----------------------------------------------------------------------

    function swatch(name) {
      var one = svg("svg", { viewBox: "0 0 32 24", width: 32, height: 24, "aria-hidden": "true" });
      one.appendChild(svg("rect", { x: 3, y: 3, width: 26, height: 18, rx: 2, class: name }));
      return one;
    }

    function inView(l, seen) {
      if (!l.on || !map.hasLayer(l.on)) return false;
      if (l.about.type === "place") return seen.contains(l.about.at);
      if (l.about.type === "around") return seen.intersects(l.on.getBounds());
      if (l.about.type === "signs") {
        return l.on.getLayers().some(function (m) {
          return m.getElement().style.display !== "none" && seen.contains(m.getLatLng());
        });
      }
      return l.on.getLayers().some(function (part) { return part.getBounds().isValid() && seen.intersects(part.getBounds()); });
    }

    function legend() {
      var room = document.getElementById("legend"), list = element("ul"), seen = map.getBounds();
      if (!data.legend) return;
      function row(sign, text) {
        var item = list.appendChild(element("li"));
        item.appendChild(sign);
        item.appendChild(element("span", "", text));
      }
      shown.forEach(function (l) {
        if (l.about.type === "names" || !inView(l, seen)) return;
        var kind = l.about.kind;
        if (kind) row(swatch((kind === "served" ? "swatch-" : "line line-") + kind), l.about.name);
        else row(drawing(l.about.type === "signs" ? l.about.sign : l.about.type, 28), l.about.name);
      });
      if (box.querySelector(".heap")) {
        var heap = element("span", "number-sign");
        heap.appendChild(element("div", "", "2"));
        heap.setAttribute("aria-hidden", "true");
        row(heap, words.heap);
      }
      var ground = !box.classList.contains("has-streets") && !window.matchMedia("(forced-colors: active)").matches;
      if (ground && shapes.reachesOutside(seen)) row(swatch("area area-outside"), words.outside);
      list.setAttribute("aria-label", words.legend);
      list.setAttribute("role", "list");
      room.replaceChildren(list);
    }

    // --- streets: only when the switch is pressed, the one request to another host ------------------------------

    function streets() {
      var about = data.layers.filter(function (l) { return l.type === "streets"; })[0];
      var room = document.getElementById("streets"), on = document.getElementById("streets-on"), tiles = null;
      if (!about) return;
      room.hidden = false;
      on.addEventListener("change", function () {
        box.classList.toggle("has-streets", on.checked);
        map.options.zoomSnap = on.checked ? 1 : 0.25;
        map.setMaxZoom(on.checked ? about.zoom : data.zoom);
        if (on.checked) {
          map.setZoom(Math.floor(map.getZoom()), { animate: false });
          tiles = L.tileLayer(about.url, {
            maxZoom: about.zoom, attribution: words.streetsCredit, referrerPolicy: about.referrerPolicy
          }).addTo(map);
        } else {
          tiles.remove();
        }
        changed();
      });
    }

    // The frame gets its size after the map is made: fit again until somebody uses the map.
    ["pointerdown", "keydown", "touchstart"].forEach(function (kind) {
      box.addEventListener(kind, function () { touched = true; }, { passive: true });
    });
    map.on("resize", function () { if (!touched) map.fitBounds(data.view, fit); });
    new ResizeObserver(function () { map.invalidateSize({ animate: false }); }).observe(box);

    [["in", words.zoomIn], ["out", words.zoomOut]].forEach(function (b) {
      var button = box.querySelector(".leaflet-control-zoom-" + b[0]);
      button.title = b[1];
      button.setAttribute("aria-label", b[1]);
    });
    build();
    streets();
    map.on("moveend zoomend resize", changed);

    return {
      map: map,
      update: function (next) {
        var moves = JSON.stringify(next.view) !== JSON.stringify(data.view);
        data = next;
        if (moves) {
          touched = false;
          map.fitBounds(data.view, fit);
        }
        build();
      }
    };
  }

  return { open: open };
})();
