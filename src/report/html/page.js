"use strict";
// Selects a finding, lights its words and its evidence, draws the lines between them, filters, and walks by keyboard.
// All that is said stands in the page already.
(() => {
  const $ = (query, from = document) => from.querySelector(query);
  const $$ = (query, from = document) => [...from.querySelectorAll(query)];
  const cards = $$(".card");
  const aside = $("#findings");
  const keys = $("#keys");
  const narrow = matchMedia("(max-width: 60rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let active = null;
  let which = 0;
  document.body.classList.add("js");

  const numberOf = (card) => Number(card.id.slice(1));
  const accused = (n) => $$(`[data-p~="${n}"]`);
  const evidence = (n, k) => $$(`[data-e~="${n}.${k}"]`);
  const places = (card) => $$(".evidence a", card);
  const shown = () => cards.filter((card) => !card.hidden);
  const opener = (card) => $(".open", card);

  cards.forEach((card) => opener(card).setAttribute("aria-expanded", "false"));

  // So that a finding can be linked to; some viewers refuse it, and nothing hangs on it.
  function address(to) {
    try {
      history.replaceState(null, "", to);
    } catch { /* as it was */ }
  }

  // To the middle of what is free to see: on a phone, a sheet covers the lower half.
  function bring(element) {
    if (!element) return;
    const box = element.getClientRects()[0] || element.getBoundingClientRect();
    const free = innerHeight * (narrow.matches && active ? 0.5 : 1);
    if (box.top > 80 && box.bottom < free - 40) return;
    scrollTo({ top: scrollY + box.top - free / 2.4, behavior: still.matches ? "auto" : "smooth" });
  }

  // The list alone scrolls, not the page.
  function reveal(card) {
    const box = card.getBoundingClientRect();
    const list = aside.getBoundingClientRect();
    const top = list.top + $(".tools").offsetHeight;
    if (box.top < top || box.height > list.bottom - top) aside.scrollTop += box.top - top - 8;
    else if (box.bottom > list.bottom) aside.scrollTop += box.bottom - list.bottom + 12;
  }

  function clear() {
    if (!active) return;
    active.classList.remove("active");
    active.removeAttribute("aria-current");
    opener(active).setAttribute("aria-expanded", "false");
    $$(".on, .lit, .near").forEach((mark) => mark.classList.remove("on", "lit", "near"));
    $$(".current").forEach((place) => place.classList.remove("current"));
    active = null;
    which = 0;
    draw();
    walkTold();
  }

  function select(card, { text = true, focus = false, name = true } = {}) {
    if (card !== active) {
      clear();
      active = card;
      card.classList.add("active");
      card.setAttribute("aria-current", "true");
      opener(card).setAttribute("aria-expanded", "true");
      const n = numberOf(card);
      const tone = getComputedStyle(card).getPropertyValue("--tone");
      document.documentElement.style.setProperty("--lit", tone);
      places(card).forEach((place) => evidence(n, place.dataset.which).forEach((mark) => mark.classList.add("lit")));
      accused(n).forEach((mark) => mark.classList.add("on"));
      if (name) address(`#${card.id}`);
      draw();
      walkTold();
    }
    if (focus) opener(card).focus({ preventScroll: true });
    if (!narrow.matches) reveal(card);
    if (text) bring(accused(numberOf(card))[0]);
  }

  function step(by) {
    const all = shown();
    if (!all.length) return;
    const at = all.indexOf(active);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    select(all[next], { focus: true });
  }

  function walkTold() {
    const told = $("#where-now");
    if (!told) return;
    const all = shown();
    told.textContent = active ? `${all.indexOf(active) + 1} of ${all.length}` : `${all.length} in all`;
  }

  // To the next piece of evidence, and from the last one back to the accused words.
  function stepEvidence(by) {
    if (!active) return;
    const all = places(active);
    which = (which + by + all.length + 1) % (all.length + 1);
    show();
  }

  function show() {
    const n = numberOf(active);
    $$(".near, .current").forEach((mark) => mark.classList.remove("near", "current"));
    if (which === 0) return bring(accused(n)[0]);
    const marks = evidence(n, which);
    marks.forEach((mark) => mark.classList.add("near"));
    places(active)[which - 1].parentElement.classList.add("current");
    bring(marks[0]);
  }

  // Lines run between the lines of the text and along the margin, so that they cross no word.
  function draw() {
    const svg = "http://www.w3.org/2000/svg";
    $$(".lines").forEach((lines) => lines.replaceChildren());
    if (!active) return;
    const n = numberOf(active);
    const from = accused(n)[0];
    if (!from) return;
    const text = from.closest(".text");
    const lines = $(".lines", text);
    const origin = text.getBoundingClientRect();
    const box = (element, last) => {
      const rects = element.getClientRects();
      const rect = rects[last ? rects.length - 1 : 0];
      return { left: rect.left - origin.left, right: rect.right - origin.left, top: rect.top - origin.top, bottom: rect.bottom - origin.top };
    };
    const gutter = parseFloat(getComputedStyle(text).paddingLeft) || 4;
    const lane = Math.min(6, (gutter + 8) / 4);
    const start = box(from);
    const add = (tag, attributes) => {
      const element = document.createElementNS(svg, tag);
      Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
      lines.append(element);
      return element;
    };
    let lanes = 0;
    const ends = [];
    places(active).forEach((place, at) => {
      const mark = evidence(n, place.dataset.which).find((one) => one.closest(".text") === text && !one.classList.contains("on"));
      if (!mark || !mark.getClientRects().length) return;
      const end = box(mark);
      let path;
      if (Math.abs(end.bottom - start.bottom) < 6) {
        const [a, b] = end.left > start.left ? [box(from, true).right, end.left] : [start.left, end.right];
        const dip = start.bottom + 4;
        path = `M${a} ${start.bottom - 2} Q${(a + b) / 2} ${dip + 8} ${b} ${end.bottom - 2}`;
        if (Math.abs(b - a) < 14) path = `M${a} ${start.bottom} Q${(a + b) / 2} ${dip + 6} ${b} ${end.bottom}`;
      } else {
        const x = gutter - 10 - lanes * lane;
        lanes += 1;
        const r = 5;
        const y1 = start.bottom + 3 + Math.min(lanes - 1, 2) * 1.5;
        const y2 = end.bottom + 3;
        const way = y2 > y1 ? 1 : -1;
        path = `M${start.left + 3} ${start.bottom} V${y1} H${x + r} Q${x} ${y1} ${x} ${y1 + way * r} V${y2 - way * r} Q${x} ${y2} ${x + r} ${y2} H${end.left + 3}`;
      }
      add("path", { d: path, class: "halo" });
      ends.push([path, end, $(".letter", place).textContent]);
    });
    ends.forEach(([path, end, letter]) => {
      add("path", { d: path, pathLength: 1 });
      add("circle", { cx: end.left - 4, cy: end.top - 1, r: 8 });
      add("text", { x: end.left - 4, y: end.top + 2.5 }).textContent = letter;
    });
  }

  function filter() {
    const pressed = new Set($$("[data-severity][aria-pressed=true]").map((button) => button.dataset.severity));
    const words = $("#filter").value.trim().toLowerCase();
    const group = $("#group") ? $("#group").value : "";
    const file = $("#file") ? $("#file").value : "";
    const off = new Set();
    cards.forEach((card) => {
      const fits = pressed.has(card.dataset.severity) && (!group || card.dataset.group === group)
        && (!file || card.dataset.file === file) && (!words || card.textContent.toLowerCase().includes(words));
      card.hidden = !fits;
      if (!fits) off.add(String(numberOf(card)));
    });
    $$(".by").forEach((section) => { section.hidden = !$(".card:not([hidden])", section); });
    $$(".draft").forEach((draft) => { draft.hidden = Boolean(file) && draft.dataset.file !== file; });
    $$(".m").forEach((mark) => {
      const hidden = mark.dataset.p.split(" ").every((n) => off.has(n));
      mark.classList.toggle("off", hidden);
      mark.tabIndex = hidden ? -1 : 0;
    });
    $$(".n").forEach((number) => number.classList.toggle("off", off.has(number.dataset.n)));
    const count = shown().length;
    const all = Number($("#shown").dataset.all);
    $("#shown").textContent = count === all ? `${all} ${all === 1 ? "finding" : "findings"}` : `${count} of ${all} findings`;
    $(".nothing").hidden = count > 0;
    if (active && active.hidden) clear();
    draw();
    walkTold();
  }

  document.addEventListener("click", (event) => {
    const to = event.target.closest("a[href^='#']");
    const button = event.target.closest("button");
    if (button && button.classList.contains("open")) {
      const card = button.closest(".card");
      if (card === active) clear();
      else select(card);
    } else if (button && button.dataset.severity) {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      filter();
    } else if (button && button.id === "show-keys") {
      keys.showModal();
    } else if (button && (button.id === "next" || button.id === "previous")) {
      step(button.id === "next" ? 1 : -1);
    } else if (to && to.closest(".text")) {
      event.preventDefault();
      const here = $(to.getAttribute("href"));
      // Where several findings accuse the same words, each click goes on to the next.
      const all = (to.dataset.p || "").split(" ").map((n) => $(`#f${n}`)).filter((card) => card && !card.hidden);
      const at = all.indexOf(active);
      const card = at >= 0 && all.length > 1 ? all[(at + 1) % all.length] : here;
      if (card && !card.hidden) select(card, { text: true, focus: event.detail === 0 });
    } else if (to && to.closest(".card")) {
      event.preventDefault();
      select(to.closest(".card"), { text: false });
      which = Number(to.dataset.which || 0);
      show();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    const typing = event.target.closest("input, select, textarea");
    if (typing) {
      if (event.key === "Escape") {
        if (typing.value) {
          typing.value = "";
          filter();
        } else typing.blur();
        event.preventDefault();
      }
      return;
    }
    const inList = aside.contains(event.target);
    const mark = event.target.closest(".m");
    const act = {
      j: () => step(1),
      k: () => step(-1),
      ArrowDown: () => (inList ? step(1) : false),
      ArrowUp: () => (inList ? step(-1) : false),
      ArrowRight: () => (active ? stepEvidence(1) : false),
      ArrowLeft: () => (active ? stepEvidence(-1) : false),
      Enter: () => {
        const button = event.target.closest(".open");
        if (!button || button.closest(".card") !== active) return false;
        const words = accused(numberOf(active))[0];
        words.focus({ preventScroll: true });
        bring(words);
      },
      Escape: () => {
        if (mark && active) opener(active).focus({ preventScroll: true });
        else if (active) {
          const last = active;
          clear();
          address(location.pathname + location.search);
          if (inList) opener(last).focus({ preventScroll: true });
        } else return false;
      },
      "/": () => $("#filter") && $("#filter").focus(),
      "?": () => keys.showModal(),
    }[event.key];
    if (act && act() !== false) event.preventDefault();
  });

  if ($("#filter")) {
    $("#filter").addEventListener("input", filter);
    $$(".tools select").forEach((select) => select.addEventListener("change", filter));
  }
  let waiting = 0;
  const redraw = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(draw);
  };
  addEventListener("resize", redraw);
  if (document.fonts) document.fonts.ready.then(redraw);
  addEventListener("hashchange", () => {
    const card = /^#f\d+$/.test(location.hash) && $(location.hash);
    if (card) select(card);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    const card = active;
    clear();
    if (card) select(card, { text: false });
  });

  const asked = /^#f\d+$/.test(location.hash) && $(location.hash);
  if (asked) select(asked);
  // The first with evidence shows what a page like this does; a phone's screen is too small for that.
  else if (cards.length && !narrow.matches) select(cards.find((card) => places(card).length) || cards[0], { text: false, name: false });
  walkTold();
})();
