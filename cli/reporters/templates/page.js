// The page's own script: opening, sorting, filtering, searching, deep links, copying. Without it all of the page is open.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const table = one("#findings-table");

  // -- light and dark ----------------------------------------------------------------------------
  const theme = one("#theme");
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  theme.setAttribute("aria-pressed", String(dark()));
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    theme.setAttribute("aria-pressed", String(dark()));
  });
  one("#print").addEventListener("click", () => print());
  if (!table) return;

  // -- a finding opens -----------------------------------------------------------------------------
  const bodies = all("tbody.finding", table);
  const isOpen = (body) => one("button.open", body).getAttribute("aria-expanded") === "true";
  const setOpen = (body, open) => {
    one("button.open", body).setAttribute("aria-expanded", String(open));
    one("tr.detail", body).hidden = !open;
  };
  bodies.forEach((body) => {
    setOpen(body, false);
    one("button.open", body).addEventListener("click", () => {
      setOpen(body, !isOpen(body));
      if (isOpen(body) && body.id) history.replaceState(null, "", "#" + encodeURIComponent(body.id));
    });
  });
  const openAll = one("#open-all");
  openAll.addEventListener("click", () => {
    const open = openAll.getAttribute("aria-pressed") !== "true";
    openAll.setAttribute("aria-pressed", String(open));
    bodies.filter((body) => !body.hidden).forEach((body) => setOpen(body, open));
  });

  // -- search and filters ----------------------------------------------------------------------------
  const search = one("#search");
  const filters = all("select[data-filter]");
  const everything = one("#all");
  const shown = one("#shown");
  const reset = one("#reset");
  const flat = (words) => words.toLowerCase().replaceAll("ё", "е").replaceAll("\u00a0", " ");
  const texts = new Map(bodies.map((body) => [body, flat(body.textContent)]));
  const filter = () => {
    const words = flat(search.value).split(/\s+/).filter(Boolean);
    const chosen = filters.filter((select) => select.value);
    const narrowed = words.length > 0 || chosen.length > 0;
    const whole = !everything || everything.getAttribute("aria-pressed") === "true";
    bodies.forEach((body) => {
      const met = words.every((word) => texts.get(body).includes(word))
        && chosen.every((select) => body.dataset[select.dataset.filter] === select.value);
      body.hidden = !met || (!narrowed && !whole && body.classList.contains("beyond") && !isOpen(body));
    });
    const visible = bodies.filter((body) => !body.hidden).length;
    shown.textContent = visible ? shown.dataset.words.replace("{shown}", visible).replace("{all}", bodies.length) : shown.dataset.none;
    reset.hidden = !narrowed;
  };
  const clear = () => {
    search.value = "";
    filters.forEach((select) => { select.value = ""; });
  };
  reset.addEventListener("click", () => {
    clear();
    filter();
    if (location.hash.includes("=")) history.replaceState(null, "", "#findings");
    search.focus();  // the button is gone: the keyboard stays here
  });
  search.addEventListener("input", filter);
  filters.forEach((select) => select.addEventListener("change", filter));
  if (everything) {
    everything.addEventListener("click", () => {
      everything.setAttribute("aria-pressed", String(everything.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }

  // -- sorting ---------------------------------------------------------------------------------------
  const heads = all("thead th[data-kind]", table);
  const chosenOrder = one("#order");  // a phone shows no heads
  const value = (body, name) => one(".col-" + name, body).dataset.value;
  const sort = (head, ascending) => {
    const name = one("button", head).dataset.sort;
    const number = head.dataset.kind === "number";
    const order = [...bodies].sort((a, b) => {
      const [x, y] = [value(a, name), value(b, name)];
      const compared = number ? Number(x) - Number(y) : x.localeCompare(y, root.lang);
      return (ascending ? compared : -compared) || Number(value(a, "rank")) - Number(value(b, "rank"));
    });
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    table.append(...order);
    chosenOrder.value = name;
  };
  const risesFirst = (head) => ["rank", "title", "class", "owner"].includes(one("button", head).dataset.sort);
  heads.forEach((head) => one("button", head).addEventListener("click", () => {
    const now = head.getAttribute("aria-sort");
    sort(head, now ? now === "descending" : risesFirst(head));
  }));
  chosenOrder.addEventListener("change", () => {
    const head = heads.find((other) => one("button", other).dataset.sort === chosenOrder.value);
    sort(head, risesFirst(head));
  });

  // -- a number leads to what is behind it: «#owner=finance», «#system=returns&stage=after» ----------------
  const narrow = (name) => {
    const wanted = new Map(name.split("&").map((part) => part.split("=", 2)));
    if (![...wanted.keys()].every((axis) => filters.some((select) => select.dataset.filter === axis))) return;
    clear();
    filters.forEach((select) => { select.value = wanted.get(select.dataset.filter) || ""; });
    filter();
    one("#findings").scrollIntoView({ block: "start" });
    shown.scrollIntoView({ block: "nearest" });
    const first = bodies.find((body) => !body.hidden);
    if (first) one("button.open", first).focus({ preventScroll: true });
  };

  // -- deep links ------------------------------------------------------------------------------------
  const follow = () => {
    let name = "";
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    if (name.includes("=")) return narrow(name);
    const target = name && document.getElementById(name);
    if (!target) return;
    const finding = target.closest("tbody.finding");  // the finding itself, or a quote in it
    if (finding) {
      setOpen(finding, true);
      if (finding.hidden) {
        clear();
        filter();
      }
      finding.hidden = false;
      (target === finding ? one("button.open", finding) : target).focus({ preventScroll: true });
    }
    target.scrollIntoView({ block: target === finding ? "start" : "center" });
  };
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) follow();
  });

  // -- copying as a table ------------------------------------------------------------------------------
  const cell = (words) => {
    const line = words.replace(/\s+/g, " ").trim();
    return /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(line) ? "'" + line : line;  // no spreadsheet takes it for a formula
  };
  const copied = () => {
    const rows = [all("thead th", table).map((head) => cell(head.textContent))];
    all("tbody.finding", table).filter((body) => !body.hidden).forEach((body) => {
      rows.push([...one("tr.summary", body).children].map((item) => {
        const name = one("button.open", item);
        return cell(name ? name.textContent : item.innerText);
      }));
    });
    return rows.map((row) => row.join("\t")).join("\n") + "\n";
  };
  const copy = one("#copy");
  const label = copy.textContent;
  const say = (words) => {
    copy.textContent = words;
    shown.textContent = words;
    setTimeout(() => { copy.textContent = label; filter(); }, 2500);
  };
  const byHand = (words) => {
    const area = document.createElement("textarea");
    area.value = words;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  copy.addEventListener("click", async () => {
    const words = copied();
    let done = false;
    try {
      await navigator.clipboard.writeText(words);
      done = true;
    } catch {
      done = byHand(words);
    }
    say(done ? copy.dataset.done : copy.dataset.failed);
  });

  // -- how the table is read: a phone shows the table first, paper all of it ------------------------------
  const reading = one(".reading");
  if (matchMedia("(max-width: 40rem)").matches) reading.open = false;
  addEventListener("beforeprint", () => { reading.open = true; });

  filter();
  follow();
})();
