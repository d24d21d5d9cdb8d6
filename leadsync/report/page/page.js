"use strict";
(() => {
  const tools = document.querySelector(".tools");
  if (!tools) return;
  const words = document.getElementById("words");
  const status = document.getElementById("status");
  const code = document.getElementById("code");
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const table = document.querySelector(".problems");
  const rows = Array.from(table.tBodies[0].rows, (row) => ({ row, text: row.textContent.toLowerCase() }));

  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const { row, text } of rows) {
      const fits =
        (!status.value || row.dataset.status === status.value) &&
        (!code.value || row.dataset.code === code.value) &&
        wanted.every((word) => text.includes(word));
      row.hidden = !fits;
      shown += fits;
    }
    table.hidden = !shown;
    nothing.hidden = shown > 0;
    count.textContent = `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows`;
  };
  const clear = () => {
    words.value = status.value = code.value = "";
    show();
  };

  words.addEventListener("input", show);
  status.addEventListener("change", show);
  code.addEventListener("change", show);
  document.getElementById("clear").addEventListener("click", clear);
  for (const link of document.querySelectorAll("[data-show]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      clear();
      code.value = link.dataset.show;
      show();
      const title = document.getElementById("rows");
      title.scrollIntoView();
      title.focus({ preventScroll: true });
    });
  }
  window.addEventListener("pageshow", show); // a browser may fill fields again that it remembers
  tools.hidden = false;
  show();
})();
