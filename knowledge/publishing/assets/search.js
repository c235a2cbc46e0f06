// Search, topic and difficulty. What is looked for stands in the address, so that it can be shared.
"use strict";
(() => {
  const FOUND_AT_MOST = 20;
  const FAR_BEHIND = 0.3;
  const HALF_TYPED = 0.5;
  const at = (id) => document.getElementById(id);
  const [form, query, topic, level] = ["find", "q", "topic", "level"].map(at);
  const titles = new Map([...topic.options].map((o) => [o.value, o.text.replace(/ \(\d+\)$/, "")]));
  const entries = window.QUESTIONS;
  const stems = new Map(Object.entries(window.SEARCH.stems));
  const forms = new Map(Object.entries(window.SEARCH.forms));
  const names = new Map(Object.entries(window.SEARCH.names));
  const known = [...stems.keys()];
  const spellings = Object.entries(window.SEARCH.spellings)
    .map(([pattern, spelling]) => [new RegExp(pattern), spelling]);

  // What one word counts for which question, by its place.
  function counted(typed) {
    const word = spellings.reduce((each, [from, to]) => each.replace(from, to), typed);
    const stem = forms.get(word) ?? word;
    if (stem === "") return new Map();
    if (stems.has(stem)) return pairs(stem);
    const begun = word.length > 1 ? known.filter((each) => each.startsWith(word)) : [];
    if (begun.length) return halved(begun.map(pairs));
    for (let length = word.length - 1; length >= Math.max(3, word.length - 4); length -= 1) {
      if (stems.has(word.slice(0, length))) return pairs(word.slice(0, length));
    }
    return new Map();
  }

  function pairs(stem) {
    const flat = stems.get(stem);
    const found = new Map();
    for (let i = 0; i < flat.length; i += 2) found.set(flat[i], flat[i + 1]);
    return found;
  }

  // A word that is still being typed may become any of several.
  function halved(all) {
    const best = new Map();
    for (const each of all) {
      for (const [place, count] of each) {
        best.set(place, Math.max(best.get(place) ?? 0, count * HALF_TYPED));
      }
    }
    return best;
  }

  function ranked(text) {
    const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
    const sums = new Map();
    for (const word of words) {
      for (const [place, count] of counted(word)) sums.set(place, (sums.get(place) ?? 0) + count);
    }
    const named = names.get(text.toLowerCase().split(/\s+/).join(" "));
    if (named !== undefined) sums.set(named, Infinity);
    const found = [...sums].filter(([place]) => fits(entries[place])).sort((a, b) => b[1] - a[1]);
    const best = found.find(([, sum]) => sum < Infinity)?.[1] ?? 0;
    return found.filter(([, sum]) => sum >= best * FAR_BEHIND)
      .slice(0, FOUND_AT_MOST)
      .map(([place]) => entries[place]);
  }

  const fits = (entry) => (!topic.value || entry.topic === topic.value)
    && (!level.value || String(entry.level) === level.value);

  function item(entry) {
    const li = document.createElement("li");
    const link = document.createElement("a");
    link.href = entry.url;
    link.textContent = entry.prompt;
    const where = document.createElement("small");
    where.textContent = `${titles.get(entry.topic)} · difficulty ${entry.level} of 5`;
    link.append(where);
    li.append(link);
    return li;
  }

  function show() {
    const text = query.value.trim();
    const found = text ? ranked(text) : entries.filter(fits);
    at("results").hidden = !text;
    at("all").hidden = Boolean(text);
    at("results").replaceChildren(...(text ? found.map(item) : []));
    for (const section of document.querySelectorAll("#all section")) {
      let left = 0;
      for (const li of section.querySelectorAll("li")) {
        li.hidden = Boolean(level.value) && li.dataset.level !== level.value;
        left += !li.hidden;
      }
      section.hidden = left === 0 || (Boolean(topic.value) && section.dataset.topic !== topic.value);
    }
    const filtered = text || topic.value || level.value;
    at("count").textContent = !filtered ? "" : found.length === 0
      ? "No question fits. Try fewer words, or another topic."
      : `${found.length} ${found.length === 1 ? "question" : "questions"}`;
  }

  function remember() {
    const kept = new URLSearchParams();
    for (const [name, field] of [["q", query], ["topic", topic], ["level", level]]) {
      if (field.value.trim()) kept.set(name, field.value.trim());
    }
    history.replaceState(null, "", kept.size ? `#${kept}` : location.pathname);
    show();
  }

  function recall() {
    const kept = new URLSearchParams(location.hash.slice(1));
    query.value = kept.get("q") ?? "";
    topic.value = titles.has(kept.get("topic")) ? kept.get("topic") : "";
    level.value = kept.get("level") ?? "";
    if (level.selectedIndex < 0) level.value = "";
    show();
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const field of [query, topic, level]) field.addEventListener("input", remember);
  at("any").addEventListener("click", () => {
    const among = entries.filter(fits);
    const one = among[Math.floor(Math.random() * among.length)];
    if (one) location.href = one.url;
  });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== query) {
      event.preventDefault();
      query.focus();
    }
  });
  addEventListener("hashchange", recall);
  recall();
})();
