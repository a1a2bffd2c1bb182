// The postcode box, which Streamlit draws and does not tie to anything: its label, hint and problem, what a phone's
// keyboard should offer, the landmark around it. And the chips that the search becomes once it has an answer:
// - a chip opens what it stands for at once, without the server, and puts the focus there;
// - what is chosen there changes the answer without moving anybody: a screen reader hears what has changed, in a
//   region that was on the page before.
// `data-open` of the page says which is open: nothing of it lies in what Streamlit draws.
(function () {
  "use strict";
  var BOX = ".st-key-postcode input";
  var SETTLE_MS = 400; // the words of a chip and of the answer come one after the other
  var PARTS = { place: ".st-key-search-place", happened: ".st-key-search-happened" };
  var root = document.documentElement;
  var said = null; // the words that were true last, null where there is no answer
  var search = null; // the number of the search that is shown, null where there is no answer
  var page = "";
  var isNew = true; // a new search, and another page, are read from the heading that has the focus, and not said
  var timer = 0;
  var region = document.createElement("div");
  region.className = "sr-only";
  region.id = "said";
  region.setAttribute("role", "status");

  function set(element, name, value) {
    if (value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  function tie() {
    var box = document.querySelector(BOX);
    var label = document.getElementById("postcode-label");
    if (!box || !label) return;
    var problem = document.getElementById("postcode-problem");
    set(label, "for", box.id);
    set(box, "autocapitalize", "characters");
    set(box, "spellcheck", "false");
    set(box, "enterkeyhint", "search");
    set(box, "aria-describedby", problem ? "postcode-hint postcode-problem" : "postcode-hint");
    set(box, "aria-invalid", problem ? "true" : null);
    var around = box.closest(PARTS.place);
    if (!around) return;
    set(around, "role", "search");
    set(around, "aria-label", label.getAttribute("data-landmark"));
  }

  // --- the chips -----------------------------------------------------------------------------------

  function isOpen() { return root.getAttribute("data-open"); }

  function open(part) {
    set(root, "data-open", part);
    chips();
    var inside = part && document.querySelector(PARTS[part]);
    var first = inside && inside.querySelector(part === "place" ? BOX : 'button[tabindex="0"], button');
    if (!first) return;
    first.focus({ preventScroll: true });
    if (first.select) first.select();
    first.scrollIntoView({ block: "nearest" });
  }

  function chips() {
    document.querySelectorAll("[data-opens]").forEach(function (chip) {
      set(chip, "aria-expanded", String(chip.getAttribute("data-opens") === isOpen()));
    });
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest && event.target.closest("[data-opens], [data-closes]");
    if (!target) return;
    if (target.hasAttribute("data-opens")) {
      var part = target.getAttribute("data-opens");
      open(part === isOpen() ? null : part);
      return;
    }
    open(null);
    var heading = document.querySelector("[data-search]");
    if (!heading) return;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest" });
  });

  // --- what is said --------------------------------------------------------------------------------

  // What was chosen, and the first line of the answer: two parts of the page, said as one.
  function words() {
    var parts = document.querySelectorAll("[data-announce]");
    return parts.length ? Array.prototype.map.call(parts, function (one) { return one.textContent; }).join(" ") : null;
  }

  // While an answer is on its way the chip can be new and the rest old: that is not said.
  function isComing() { return !!document.querySelector('[data-test-script-state="running"]'); }

  function say() {
    window.clearTimeout(timer);
    timer = !isNew && isComing() ? window.setTimeout(say, SETTLE_MS) : 0;
    if (timer) return;
    var now = words();
    if (!isNew && said !== null && now !== null && now !== said) region.textContent = now;
    said = now;
    isNew = false;
  }

  function look() {
    tie();
    var heading = document.querySelector("[data-search]");
    var number = heading && heading.getAttribute("data-search");
    if (window.location.pathname !== page || number !== search) {
      page = window.location.pathname;
      search = number;
      isNew = true;
      if (region.textContent) region.textContent = "";
      set(root, "data-open", null);
    }
    chips();
    window.clearTimeout(timer);
    timer = window.setTimeout(say, SETTLE_MS);
  }

  // What was there when somebody pressed something is what changes by it.
  ["click", "keydown"].forEach(function (name) {
    window.addEventListener(name, function () { if (isNew) say(); }, true);
  });

  document.addEventListener("DOMContentLoaded", function () {
    document.body.appendChild(region);
    new MutationObserver(look).observe(document.getElementById("root") || document.body, {
      childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["data-search"],
    });
    look();
  });
})();
