// Search, topic and difficulty. What is looked for stands in the address, so that it can be shared.
"use strict";
(() => {
  const EMPTY = new Set(`a an and are at be by can do does for from how i in is it my of on or the
    to what when which why with you your`.split(/\s+/));
  const WEIGHTS = { prompt: 2, names: 2, topic: 1, words: 1 };
  const FOUND_AT_MOST = 20;
  const at = (id) => document.getElementById(id);
  const [form, query, topic, level] = ["find", "q", "topic", "level"].map(at);
  const titles = new Map([...topic.options].map((o) => [o.value, o.text.replace(/ \(\d+\)$/, "")]));

  const stem = (word) => (word.length > 3 ? word.replace(/(ies|es|s|ing|ed)$/, "") : word);
  const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const entries = window.QUESTIONS.map((each) => ({
    ...each,
    fields: {
      prompt: words(each.prompt).map(stem),
      names: words(each.names.join(" ")).map(stem),
      topic: words(titles.get(each.topic) ?? each.topic).map(stem),
      words: words(each.words).map(stem),
    },
  }));
  const rarity = (() => {
    const counts = new Map();
    for (const { fields } of entries) {
      for (const word of new Set(Object.values(fields).flat())) {
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
    }
    return (word) => Math.log(1 + entries.length / (1 + (counts.get(word) ?? 0)));
  })();

  // How well one word of the query fits an entry: whole words before beginnings of words.
  function fit(entry, word) {
    let best = 0;
    for (const [name, weight] of Object.entries(WEIGHTS)) {
      if (entry.fields[name].includes(word)) best = Math.max(best, weight);
      else if (word.length > 1 && entry.fields[name].some((each) => each.startsWith(word))) {
        best = Math.max(best, weight / 2);
      }
    }
    return best * rarity(word);
  }

  function ranked(text, among) {
    const all = words(text);
    const telling = all.filter((word) => !EMPTY.has(word));
    const wanted = (telling.length ? telling : all).map(stem);
    const scored = among.map((entry) => {
      const fits = wanted.map((word) => fit(entry, word));
      const hits = fits.filter(Boolean).length;
      return { entry, hits, score: fits.reduce((sum, each) => sum + each, 0) };
    });
    const most = Math.max(0, ...scored.map((each) => each.hits));
    const enough = Math.min(most, Math.ceil(wanted.length / 2));
    return scored
      .filter((each) => each.hits > 0 && each.hits >= enough)
      .sort((a, b) => b.score - a.score)
      .slice(0, FOUND_AT_MOST)
      .map((each) => each.entry);
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
    const among = entries.filter(fits);
    const found = text ? ranked(text, among) : among;
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
