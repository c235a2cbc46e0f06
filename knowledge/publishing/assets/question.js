// One button for all the answers, for those who read and do not practise.
"use strict";
(() => {
  const button = document.getElementById("open-all");
  const parts = [...document.querySelectorAll("details")];
  const open = () => parts.every((part) => part.open);
  const show = () => { button.textContent = open() ? "Close everything" : "Open everything"; };
  button.hidden = false;
  button.addEventListener("click", () => {
    const to = !open();
    for (const part of parts) part.open = to;
    show();
  });
  for (const part of parts) part.addEventListener("toggle", show);
})();
