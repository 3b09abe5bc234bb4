// What a page can do better with a script; everything works without it. No words here: the server puts them into data
// attributes. No styles either: only classes, attributes and `hidden`, so that a strict Content-Security-Policy holds.

const COPY_PREFIX = 'yuanchi:unsaved:';
const OFFERED = ':offered'; // behind the name of a copy that its person has not decided about yet
const INPUT_PAUSE_MS = 800;
const SUGGEST_PAUSE_MS = 200;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 60_000;
const RESUBMIT_AFTER_MS = 8_000; // a form answered by a download leaves its page standing
const NOT_COPIED = new Set(['csrf', 'version']);

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const show = (element, visible) => { if (element) element.hidden = !visible; };

const language = document.documentElement.lang || 'zh-CN';
const isChinese = language.startsWith('zh');
const gap = isChinese ? '' : ' '; // after a colon
const [listMark, rowMark] = isChinese ? ['、', '；'] : [', ', '; '];
const clock = new Intl.DateTimeFormat(language, { timeZone: 'Asia/Shanghai', hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit' });
// As the pages write it: 2026年11月28日 06:11; 28 Nov 2026, 06:11.
const clockAndDay = new Intl.DateTimeFormat(isChinese ? language : 'en-GB', { timeZone: 'Asia/Shanghai', hourCycle: 'h23', year: 'numeric', month: isChinese ? 'long' : 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });

// Private windows and full disks make the store throw; losing the spare copy must not stop the page.
const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; /* no room: the page itself still holds it */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* nothing to drop */ } },
  keys() { try { return Object.keys(localStorage); } catch { return []; } },
};

async function jsonOf(response) {
  if (!(response.headers.get('content-type') ?? '').includes('json')) return null;
  try { return await response.json(); } catch { return null; }
}

// ---- problems beside their fields, and the list of what is missing ----

function markProblem(line, text) {
  const name = line.dataset.problemFor;
  (line.querySelector('a') ?? line).textContent = text; // in the list of what is wrong it leads to its field
  show(line, text !== '');
  line.closest('.field')?.toggleAttribute('data-invalid', text !== '');
  const control = document.getElementById(`f-${name}`);
  if (text !== '') control?.setAttribute('aria-invalid', 'true'); else control?.removeAttribute('aria-invalid');
}

function showProblems(form, problems) {
  const texts = new Map(problems.map(({ path, text }) => [path, text]));
  for (const line of all('[data-problem-for]', form)) markProblem(line, texts.get(line.dataset.problemFor) ?? '');
}

function linkItem({ href, text }) {
  const item = document.createElement('li');
  item.append(Object.assign(document.createElement('a'), { href, textContent: text }));
  return item;
}

function showMissing(form, missing) {
  for (const box of all('[data-missing-of]')) {
    if (box.dataset.missingOf !== form.id) continue;
    box.querySelector('ul')?.replaceChildren(...missing.map(({ path, text }) => linkItem({ href: `#f-${path}`, text })));
    const count = box.querySelector('[data-missing-count]');
    if (count) count.textContent = String(missing.length);
    show(box, missing.length > 0);
  }
}

/** How far the form is, part by part, as the server counted it; the words are the server's too. */
function showProgress(form, progress) {
  const fill = (place, { words, met, total }) => {
    const bar = place.querySelector('progress');
    place.querySelector('[data-progress-words]').textContent = words;
    bar.max = Math.max(total, 1);
    bar.value = met;
    show(bar, total > 0);
  };
  for (const box of all('[data-progress-of]')) {
    if (!progress || box.dataset.progressOf !== form.id) continue;
    fill(box, progress);
    for (const { href, words, changed: isMended } of progress.marks ?? []) {
      const mark = all('[data-progress-mark]', box).find(({ dataset }) => dataset.progressMark === href);
      const tag = mark?.querySelector('[data-progress-mark-words]');
      if (!tag) continue;
      tag.textContent = words;
      tag.dataset.tone = isMended ? 'good' : 'attention';
    }
    for (const part of progress.parts) {
      const item = all('[data-progress-part]', box).find(({ dataset }) => dataset.progressPart === part.part);
      if (!item) continue;
      fill(item, part);
      show(item, !part.hidden);
      show(item.querySelector('details'), part.lacking.length > 0);
      item.querySelector('ul').replaceChildren(...part.lacking.map(linkItem));
    }
  }
}

// ---- repeated rows: names read `cases.0.customer`; the template holds `cases.__i__.customer` ----

function addRow(rows, index = Number(rows.dataset.rowsNext)) {
  const template = rows.querySelector('[data-rows-template]');
  const row = template.content.cloneNode(true).firstElementChild;
  for (const element of [row, ...all('*', row)]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes('__i__')) element.setAttribute(name, value.replaceAll('__i__', String(index)));
    }
  }
  template.before(row);
  rows.dataset.rowsNext = String(Math.max(index + 1, Number(rows.dataset.rowsNext)));
  renumberRows(rows);
  return row;
}

function renumberRows(rows) {
  const present = all('[data-rows-row]', rows);
  present.forEach((row, at) => { const number = row.querySelector('[data-rows-number]'); if (number) number.textContent = String(at + 1); });
  const most = Number(rows.dataset.rowsMax ?? Infinity);
  const add = rows.querySelector('[data-rows-add]');
  if (add) add.disabled = present.length >= most;
}

const fieldOf = (name) => name.split('[')[0];
const changed = (element) => element.dispatchEvent(new Event('input', { bubbles: true }));
const firstControl = (row) => row?.querySelector('input, select, textarea');

function startRows(rows) {
  // Spare blank rows are for pages without a script; one stays when there is no other.
  all('[data-rows-spare]', rows).forEach((row) => { if (all('[data-rows-row]', rows).length > 1) row.remove(); });
  all('[data-rows-add], [data-rows-remove]', rows).forEach((button) => show(button, true));
  renumberRows(rows);
  rows.addEventListener('click', (event) => {
    if (event.target.closest('[data-rows-add]')) firstControl(addRow(rows))?.focus();
    const remove = event.target.closest('[data-rows-remove]');
    if (!remove) return;
    const row = remove.closest('[data-rows-row]');
    const next = row.nextElementSibling?.matches('[data-rows-row]') ? row.nextElementSibling : row.previousElementSibling;
    row.remove();
    renumberRows(rows);
    (firstControl(next) ?? rows.querySelector('[data-rows-add]'))?.focus();
    changed(rows);
  });
}

/** Adds the row that a saved name such as `cases.3.customer` belongs to, when the page has no such row. */
function ensureRow(form, name) {
  for (const rows of all('[data-rows]', form)) {
    const template = rows.querySelector('[data-rows-template]');
    const prefix = firstControl(template.content)?.name.split('__i__')[0];
    if (!prefix || !name.startsWith(prefix)) continue;
    const index = Number.parseInt(name.slice(prefix.length), 10);
    if (Number.isInteger(index)) addRow(rows, index);
    return;
  }
}

// ---- pasting from a spreadsheet into rows and tables by year ----

/** A copied range as rows of cells. A cell is in quotes only when it holds a tab, a line break or doubled quotes. */
function pastedCells(text) {
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const quoted = /"((?:[^"]|"")*)"(?=\t|\n|$)/y;
  const plain = /[^\t\n]*/y;
  const rows = [[]];
  for (let at = 0; ; at += 1) {
    quoted.lastIndex = plain.lastIndex = at;
    const held = quoted.exec(source);
    const isQuoted = held !== null && /[\t\n]|""/.test(held[1]);
    const found = isQuoted ? held : plain.exec(source);
    rows[rows.length - 1].push(isQuoted ? found[1].replaceAll('""', '"') : found[0]);
    at += found[0].length;
    if (at >= source.length) return rows;
    if (source[at] === '\n') rows.push([]);
  }
}

/** A day as spreadsheets write it, for an input of days; null when it is none. */
function dayOf(text) {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0{1,2}:00(?::00)?)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return found && `${found[1]}-${found[2].padStart(2, '0')}-${found[3].padStart(2, '0')}`;
}

/**
 * The choice that a cell means: by its value or its words; else the only one of that name behind its code, as in “C33 金属制品业”, or
 * without the 省, 市, 区 or 县 at its end.
 */
function optionOf(control, cell) {
  const tidy = (word) => word.normalize('NFKC').replace(/\s+/g, ' ').trim();
  const named = (word) => word.replace(/^[A-Z]\d{1,4} /, '');
  const placed = (word) => word.replace(/^(.{2,})[省市区區县縣]$/u, '$1');
  const options = [...control.options].filter(({ value }) => value !== '');
  const matching = (isMeant) => options.filter(({ value, text }) => [value, text].some((word) => isMeant(tidy(word))));
  const only = (found) => (found.length === 1 ? found[0] : undefined);
  const wanted = tidy(cell);
  return matching((word) => word === wanted)[0] ?? only(matching((word) => named(word) === wanted))
    ?? only(matching((word) => placed(named(word)) === placed(wanted)));
}

/** Puts a pasted cell into a control; false when it cannot hold it, and then it stays as it was. */
function putCell(control, cell) {
  const plain = cell.normalize('NFKC').trim();
  if (control.tagName === 'SELECT') {
    const option = optionOf(control, cell);
    if (option) control.value = option.value;
    return Boolean(option);
  }
  if (control.type === 'date') {
    const before = control.value;
    control.value = dayOf(plain) ?? '';
    if (control.value === '') control.value = before; // a browser empties what is no day
    return control.value !== '' && control.value === dayOf(plain);
  }
  const isNumber = ['numeric', 'decimal'].includes(control.inputMode);
  if (isNumber) control.value = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain;
  else control.value = control.tagName === 'TEXTAREA' ? cell : cell.replace(/\s*\n\s*/g, ' ').trim();
  return true;
}

const columnOf = (control) => control.closest('td')?.dataset.label ?? titleOf(control);
const asHeading = (text) => text.normalize('NFKC').replace(/\s+/g, '').replace(/\(.*\)$/, '');
const yearOf = (text) => /^((?:19|20)\d{2})(?:年度?)?$/.exec(text.normalize('NFKC').trim())?.[1];
const isFilled = (cell) => cell.trim() !== '';

/** What a pasted range says of itself: a row of headings, and before the figures of a table by year their years. `across` is the
    column that it is pasted into, `years` those of the table's rows, none for a table without. */
function rangeOf(rows, headings, across, years, yearWord) {
  const areYears = (some) => {
    const found = some.map(([cell]) => yearOf(cell));
    const isWide = some.some((cells) => cells.length > headings.length - across);
    return found.length > 0 && found.every(Boolean) && new Set(found).size === found.length && (isWide || found.every((year) => years.includes(year)));
  };
  const hasFigures = rows.some((cells) => cells.slice(1).some(isFilled));
  const isByYear = years.length > 0 && years.every(Boolean) && hasFigures;
  const hasYears = isByYear && (asHeading(rows[0][0]) === yearWord || areYears(rows) || areYears(rows.slice(1)));
  const from = hasYears ? 1 : 0;
  const named = rows[0].map((cell, at) => {
    const name = asHeading(cell), place = across + at - from;
    if (!isFilled(cell) || (name !== '' && headings[place] === name)) return place;
    return name === '' ? -1 : headings.indexOf(name); // an amount in brackets is no heading
  }).slice(from);
  const isNamed = rows.length > 1 && rows[0].slice(from).some(isFilled) && named.every((place) => place >= 0);
  // Words above the years are headings whatever they are; those that name no column of the table are told.
  const hasHeadings = isNamed || (hasYears && rows.length > 1 && !yearOf(rows[0][0]));
  const byName = hasHeadings && named.some((place, at) => place >= 0 && isFilled(rows[0][at + from]));
  return {
    hasYears,
    body: hasHeadings ? rows.slice(1) : rows,
    unknown: hasHeadings && !isNamed ? rows[0] : null,
    columnAt: (at) => (byName && named[at - from] !== undefined ? named[at - from] : across + at - from),
  };
}

function pasteTable(event) {
  const control = event.target;
  const box = control.name && control.closest('[data-rows], table.by-year');
  const report = box && control.closest('fieldset.field-wide')?.querySelector('[data-paste-report]');
  const text = event.clipboardData?.getData('text/plain') ?? '';
  // Several lines of a text belong into a field of several lines as they are; a tab makes a table of them.
  const isTable = text.includes('\t') || (control.tagName !== 'TEXTAREA' && text.trim().includes('\n'));
  if (!report || !isTable) return;
  const rows = pastedCells(text).filter((cells) => cells.some(isFilled));
  if (!rows.length) return;
  event.preventDefault();
  const { form } = control;
  const before = copyEntries(form);
  const isRows = box.matches('[data-rows]');
  const lines = () => all(isRows ? '[data-rows-row]' : 'tbody tr', box);
  const controls = (line) => all('input, select, textarea', line).filter(({ name }) => name);
  const first = lines().findIndex((line) => line.contains(control));
  const across = controls(lines()[first]).indexOf(control);
  const headings = controls(lines()[first]).map((each) => asHeading(columnOf(each)));
  const years = isRows ? [] : lines().map((line) => yearOf(line.querySelector('th').textContent));
  const yearWord = isRows ? '' : asHeading(box.querySelector('thead th').textContent);
  const { hasYears, body, unknown, columnAt } = rangeOf(rows, headings, across, years, yearWord);
  const left = unknown ? [{ word: 'wordNone', text: unknown.join('  ') }] : [];
  let filled = 0;
  body.forEach((cells, down) => {
    const at = hasYears ? years.indexOf(yearOf(cells[0])) : first + down;
    if (isRows && !lines()[at] && lines().length < Number(box.dataset.rowsMax ?? Infinity)) addRow(box);
    const line = lines()[at];
    const number = hasYears ? at + 1 : first + down + 1;
    if (!line) { left.push({ number, word: hasYears ? 'wordNone' : 'wordRow', text: cells.join('  ') }); return; }
    cells.forEach((cell, column) => {
      if (!isFilled(cell) || (hasYears && column === 0)) return; // an empty cell takes nothing away
      const target = controls(line)[columnAt(column)];
      const word = !target ? 'wordColumn' : target.tagName === 'SELECT' ? 'wordChoice' : 'wordDate';
      if (target && putCell(target, cell)) filled += 1;
      else left.push({ number, title: target && columnOf(target), word, text: cell });
    });
  });
  tellPaste(report, filled, left);
  report.querySelector('[data-paste-undo]').onclick = () => {
    const isHere = ([name]) => fieldOf(name) === fieldOf(control.name);
    fillForm(form, [...copyEntries(form).filter((entry) => !isHere(entry)), ...before.filter(isHere)]);
    show(report, false);
    changed(form);
  };
  refreshCounters(form);
  changed(form);
}

/** Says how many cells were filled, and keeps in sight every one that found no place. */
function tellPaste(report, filled, left) {
  const list = report.querySelector('[data-paste-list]');
  report.querySelector('[data-paste-count]').textContent = String(filled);
  list.replaceChildren(...left.map(({ number, title, word, text }) => Object.assign(document.createElement('li'), {
    textContent: [number, title, `${list.dataset[word]}${gap}${text}`].filter(Boolean).join(' · '),
  })));
  show(list.parentElement, left.length > 0);
  if (left.length) report.dataset.tone = 'attention'; else report.dataset.tone = 'info';
  report.querySelector('[data-paste-close]').onclick = () => show(report, false);
  show(report, true);
  report.scrollIntoView({ block: 'nearest' });
  const aloud = report.parentElement.querySelector('[data-paste-said]');
  aloud.textContent = [...report.querySelectorAll('p:not(.actions)')].filter((line) => !line.closest('[hidden]')).map((line) => line.textContent).join(' ');
}

// ---- autosave ----

const savers = new Map();

const textEntries = (form) => [...new FormData(form)].filter(([, value]) => typeof value === 'string');
const copyEntries = (form) => textEntries(form).filter(([name]) => !NOT_COPIED.has(name));

function valuesOf(entries) {
  const values = new Map();
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);
  return values;
}

function differing(one, other) {
  const [here, there] = [valuesOf(one), valuesOf(other)];
  const names = new Set([...here.keys(), ...there.keys()]);
  return [...names].filter((name) => JSON.stringify(here.get(name)) !== JSON.stringify(there.get(name)));
}

/** What the copy's own page had changed, put onto what stands now: what was saved elsewhere meanwhile stays. Repeated rows go as one. */
function merged(form, copy, now) {
  const [was, then, here] = [copy.base ?? [], copy.entries, now].map((entries) => byGroup(form, entries));
  const isTouched = (group) => sayingOf(was.get(group)) !== sayingOf(then.get(group));
  return [...new Set([...here.keys(), ...then.keys()])].flatMap((group) => (isTouched(group) ? then : here).get(group) ?? []);
}

/** The control of a name; for a row that is not there, the one in the template. */
function controlsOf(form, name) {
  const present = all('[name]', form).filter((control) => control.name === name);
  const blank = name.replace(/\d+/, '__i__');
  return present.length ? present : all('template', form).flatMap(({ content }) => all('[name]', content)).filter((control) => control.name === blank);
}

/** Values as a person reads them: of a choice its label. */
function wordsOf(controls, values = []) {
  const word = (value) => {
    const option = controls.flatMap(({ options }) => [...(options ?? [])]).find((each) => each.value === value);
    const box = controls.find((control) => ['checkbox', 'radio'].includes(control.type) && control.value === value);
    return option?.text ?? box?.closest('label')?.textContent.trim() ?? value;
  };
  return values.filter((value) => value !== '').map(word).join(listMark);
}

/** What a control is called, without the mark of a required field. */
function titleOf(control) {
  const label = control?.closest('.field')?.querySelector('label, legend');
  return label?.firstChild.textContent.trim() || label?.textContent.trim() || '';
}

/** What would change on the page: field, what stands there now, what would stand there. */
function changesTo(form, entries) {
  const now = copyEntries(form);
  const [before, after] = [valuesOf(now), valuesOf(entries)];
  return differing(now, entries).map((name) => {
    const controls = controlsOf(form, name);
    const row = controls[0]?.closest('[data-rows-row]') && /\d+/.exec(name);
    const title = titleOf(controls[0]);
    return [row ? `${title} ${Number(row[0]) + 1}` : title, wordsOf(controls, before.get(name)), wordsOf(controls, after.get(name))];
  }).filter(([, old, wanted]) => old !== wanted);
}

function fillForm(form, entries) {
  const values = valuesOf(entries);
  for (const name of values.keys()) if (!form.elements.namedItem(name)) ensureRow(form, name);
  for (const row of all('[data-rows-row]', form)) {
    const named = all('[name]', row);
    if (named.length && named.every(({ name }) => !values.has(name)) && all('[data-rows-row]', row.parentElement).length > 1) row.remove();
  }
  all('[data-rows]', form).forEach(renumberRows);
  for (const control of form.elements) {
    if (!control.name || NOT_COPIED.has(control.name) || ['file', 'password', 'submit', 'button', 'fieldset'].includes(control.type)) continue;
    const wanted = values.get(control.name) ?? [];
    if (control.type === 'checkbox' || control.type === 'radio') control.checked = wanted.includes(control.value);
    else if (control.type === 'select-multiple') for (const option of control.options) option.selected = wanted.includes(option.value);
    else control.value = wanted.shift() ?? '';
  }
}

/** Keeps the numbers of rows that may yet come onto the page: a row that is added meanwhile gets none of them. */
function reserveRows(form, entries) {
  for (const rows of all('[data-rows]', form)) {
    const list = fieldOf(firstControl(rows.querySelector('[data-rows-template]').content).name);
    const places = entries.filter(([name]) => fieldOf(name) === list).map(([name]) => Number(/\[(\d+)\]/.exec(name)?.[1] ?? -1));
    rows.dataset.rowsNext = String(Math.max(Number(rows.dataset.rowsNext), ...places.map((place) => place + 1)));
  }
}

// ---- two windows on one form: what each changed since both were the same ----

/** Entries by what stands or falls together: each field and each cell of a table by year alone, repeated rows as one, for a row has no name of its own. */
function byGroup(form, entries) {
  const lists = new Set(all('[data-rows]', form).map((rows) => fieldOf(firstControl(rows.querySelector('[data-rows-template]').content).name)));
  const groups = new Map();
  for (const entry of entries) {
    const group = lists.has(fieldOf(entry[0])) ? fieldOf(entry[0]) : entry[0];
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return groups;
}

/** The values of a group row by row, however its rows are numbered; what is blank says nothing. */
function rowsOf(entries = []) {
  const rows = new Map();
  for (const [name, value] of entries) {
    if (value === '') continue;
    const [, place = '', column = ''] = /\[(\d+)\]\[([^\]]+)\]$/.exec(name) ?? [];
    rows.set(place, [...(rows.get(place) ?? []), { name, column, value }]);
  }
  return [...rows.values()];
}
const sayingOf = (entries) => JSON.stringify(rowsOf(entries).map((row) => row.map(({ column, value }) => [column, value])));

/** Without the blank rows that a page keeps to spare. */
function filledOnly(entries) {
  const filled = new Set(rowsOf(entries).flat().map(({ name }) => name.replace(/\[[^\]]*\]$/, '')));
  return entries.filter(([name]) => !/\]\[/.test(name) || filled.has(name.replace(/\[[^\]]*\]$/, '')));
}

/** The rows of a list that hold anything, each with its number on its page, its entries, and what it says. */
function placesOf(entries = []) {
  const rows = new Map();
  for (const [name, value] of entries) {
    const place = Number(/\[(\d+)\]/.exec(name)?.[1]);
    rows.set(place, [...(rows.get(place) ?? []), [name, value]]);
  }
  return [...rows].map(([place, cells]) => ({ place, cells, saying: sayingOf(cells) })).filter(({ cells }) => cells.some(([, value]) => value !== ''));
}

/**
 * Which row became which, and what came in addition: by the rows that stayed as they were, in their order; between those, one after
 * the other. Null where some were taken out among others that changed: a row has no name of its own.
 */
function rowsAligned(before, after) {
  const common = [...before, null].map(() => Array(after.length + 1).fill(0)); // how many more can stay as they were
  for (let at = before.length - 1; at >= 0; at -= 1) {
    for (let to = after.length - 1; to >= 0; to -= 1) {
      const isSame = before[at].saying === after[to].saying;
      common[at][to] = isSame ? common[at + 1][to + 1] + 1 : Math.max(common[at + 1][to], common[at][to + 1]);
    }
  }
  const rows = before.map(() => null), added = [];
  let at = 0, to = 0, gone = [], come = [];
  const pair = () => {
    come.forEach((row, nth) => { if (nth < gone.length) rows[gone[nth]] = row; else added.push(row); });
    const isClear = come.length === 0 || come.length >= gone.length;
    [gone, come] = [[], []];
    return isClear;
  };
  while (at < before.length || to < after.length) {
    if (at < before.length && to < after.length && before[at].saying === after[to].saying) {
      if (!pair()) return null;
      rows[at] = after[to];
      at += 1;
      to += 1;
    } else if (to === after.length || (at < before.length && common[at + 1][to] >= common[at][to + 1])) {
      gone.push(at);
      at += 1;
    } else {
      come.push(after[to]);
      to += 1;
    }
  }
  return pair() ? { rows, added } : null;
}

/** The entries of a row under another number. */
const numbered = ({ cells }, place) => cells.map(([name, value]) => [name.replace(/\[\d+\]/, `[${place}]`), value]);

/** Whether a row, changed, is still the same: a third of what it held is there. Else it is another one in its place. */
function isStill(before, after) {
  const now = new Map(numbered(after, before.place));
  const held = before.cells.filter(([, value]) => value !== '');
  return 3 * held.filter(([name, value]) => now.get(name) === value).length >= held.length;
}

/** The cells of a row that both sides have: name on this page, what stood there, and what stands on either side. */
function cellsOf(was, own, other) {
  const [before, theirs] = [was, other].map((row) => new Map(numbered(row, own.place)));
  return own.cells.map(([name, mine]) => ({ name, old: before.get(name) ?? '', mine, theirs: theirs.get(name) ?? '' }));
}

/**
 * A list of rows that the other side changed, row by row: what one side alone changed in a cell, added or took out, stands. Asked are
 * a cell that both changed, and a row that one took out or replaced while the other changed it. Null where nobody can tell which row
 * is which.
 */
function rowsMerged(form, group, was, own, other) {
  const [before, mine, theirs] = [was, own, other].map((entries) => placesOf(entries));
  const [here, there] = [mine, theirs].map((rows) => rowsAligned(before, rows));
  if (!here || !there) return null;
  const rows = [], taken = [], disputed = [];
  const title = (name) => [`${groupTitle(form, group)} ${rows.length + 1}`, name && titleOf(controlsOf(form, name)[0])].filter(Boolean).join(' · ');
  const take = (entries, name) => taken.push({ title: title(name), words: groupWords(form, entries) });
  const ask = (ours, others, name) => disputed.push({ title: title(name), mine: ours, theirs: others });
  let next = Math.max(-1, ...[...before, ...mine].map(({ place }) => place)) + 1;
  before.forEach((row, at) => {
    const [ours, others] = [here.rows[at], there.rows[at]];
    const isOursChanged = ours?.saying !== row.saying, isTheirsChanged = others?.saying !== row.saying;
    if (!ours && (!others || !isTheirsChanged)) return; // taken out on this page
    if (!ours) {
      ask([], numbered(others, next));
      next += 1;
      return;
    }
    if (!others && !isOursChanged) {
      take([]); // taken out elsewhere
      return;
    }
    const isSame = others && ours.place === row.place && isStill(row, ours) && isStill(row, others);
    if (isOursChanged && isTheirsChanged && !isSame) {
      if (ours.saying !== others?.saying) ask(ours.cells, others ? numbered(others, ours.place) : []);
      rows.push(ours.cells);
      return;
    }
    const cells = cellsOf(row, ours, others ?? row);
    const isTaken = ({ old, mine: held, theirs: wanted }) => held === old && wanted !== old;
    for (const cell of cells) {
      const wanted = [[cell.name, cell.theirs]];
      if (isTaken(cell)) take(wanted, cell.name);
      else if (![cell.old, cell.mine].includes(cell.theirs)) ask([[cell.name, cell.mine]], wanted, cell.name);
    }
    rows.push(cells.map((cell) => [cell.name, isTaken(cell) ? cell.theirs : cell.mine]));
  });
  rows.push(...here.added.map(({ cells }) => cells));
  for (const row of there.added.filter(({ saying }) => here.added.every((one) => one.saying !== saying))) {
    const cells = numbered(row, next);
    next += 1;
    take(cells);
    rows.push(cells);
  }
  return { entries: rows.flat(), taken, disputed };
}

/**
 * The page as it would be with both sides' changes, and what of it was taken from the other side. Where both changed the same thing
 * this page's stays for now: `disputed` has both sides of it.
 */
function threeWays(form, base, mine, theirs) {
  const [before, here, there] = [base, mine, filledOnly(theirs)].map((entries) => byGroup(form, entries));
  const together = [], taken = [], disputed = [];
  for (const group of new Set([...here.keys(), ...there.keys()])) {
    const [was, own, other] = [before, here, there].map((groups) => groups.get(group) ?? []);
    const isChangedHere = sayingOf(own) !== sayingOf(was);
    const isChangedThere = ![was, own].map(sayingOf).includes(sayingOf(other));
    const isList = [...own, ...other].every(([name]) => name !== group); // whose names go on with a row
    const rows = isChangedThere && isList ? rowsMerged(form, group, was, own, other) : null;
    if (rows) {
      taken.push(...rows.taken);
      disputed.push(...rows.disputed);
      together.push(...rows.entries);
      continue;
    }
    if (isChangedThere && isChangedHere) disputed.push({ title: groupTitle(form, group), mine: own, theirs: other });
    else if (isChangedThere) taken.push({ title: groupTitle(form, group), words: groupWords(form, other) });
    together.push(...(isChangedThere && !isChangedHere ? other : own));
  }
  return { together, taken, disputed };
}

/** A group's name and what it holds, as a person reads them. */
function groupTitle(form, group) {
  const control = controlsOf(form, group)[0];
  const box = document.getElementById(`f-${group}`); // of repeated rows: their fieldset
  return control ? titleOf(control) : box?.querySelector('legend')?.firstChild.textContent.trim() ?? '';
}
const groupWords = (form, entries) => rowsOf(entries)
  .map((row) => row.map(({ name, value }) => wordsOf(controlsOf(form, name), [value])).join(listMark)).join(rowMark);

/** The same form as the server has it now; null when it is not offered any more. */
async function freshCopy(form) {
  const response = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
  if (!response.ok || response.redirected) return null;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = all('form[data-autosave]', page).find(({ dataset }) => dataset.autosave === form.dataset.autosave);
  return fresh ? { entries: copyEntries(fresh), version: fresh.elements.namedItem('version')?.value } : null;
}

/** After signing in again the page's token belongs to the old session: take the new one from a fresh copy of the page. */
async function renewToken() {
  const response = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
  if (!response.ok || response.redirected) return false;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('input[name=csrf]')?.value;
  if (fresh) all('input[name=csrf]').forEach((input) => { input.value = fresh; });
  return Boolean(fresh);
}

function startAutosave(form) {
  const key = COPY_PREFIX + form.dataset.autosave, offeredKey = key + OFFERED;
  // What is offered stands at the top of the page, outside of the form.
  const offer = all('[data-save-restore]').find(({ dataset }) => dataset.saveOf === form.id);
  const part = (name) => form.querySelector(`[data-save-${name}]`) ?? offer?.querySelector(`[data-save-${name}]`);
  const version = () => form.querySelector('input[name=version]');
  let changes = 0, acknowledged = 0, failures = 0;
  const isUnsaved = 'unsaved' in form.dataset; // the fields show what the server has just refused
  let base = isUnsaved ? store.read(key)?.base ?? [] : copyEntries(form); // what the server is known to hold
  let timer = 0, running = null, stopped = false, leaving = false, tokenIsOld = false, tokenTried = false, said = '';
  let isCut = false; // the last save did not reach the server
  let reached = false; // while what was held is sent: the server has just answered, whatever the browser thinks of its line
  let held = null, again = 0; // the form and the button that wait for the line, and when to try it

  const dirty = () => changes !== acknowledged;
  // What was refused stands on this page alone: it must outlive it. A copy that was never sent is another matter.
  const isKept = isUnsaved && store.read(key)?.submitted !== false;
  const keepCopy = (submitted = false) => store.write(key, { version: version()?.value, at: Date.now(), submitted, base, entries: copyEntries(form) });
  const plan = (wait) => { clearTimeout(timer); if (!stopped && !leaving) timer = setTimeout(save, wait); };

  /** Says how it stands; `more` is what goes with the words: a time, a button, the service's own sentence. */
  function status(word, tone, more = '') {
    if (held && ['Offline', 'Unsaved', 'Busy'].includes(word)) [word, more] = ['Held', held.submitter?.textContent.trim() ?? ''];
    const line = part('status');
    part('words').textContent = [form.dataset[`word${word}`], more].filter(Boolean).join(' ');
    if (tone) line.dataset.tone = tone; else delete line.dataset.tone;
    show(line, true);
    // The line shows every step. Aloud is said only what is new to the person: not each of a hundred savings.
    if (word === 'Saving' || word === said) return;
    said = word;
    part('said').textContent = form.dataset[`word${word}`] ?? '';
  }

  // What waits for the person may stand far above: the line that stays in sight leads there, and takes no focus by itself.
  const boxes = [...['merge', 'conflict', 'signed-out'].map(part), offer].filter(Boolean);
  const waiting = () => boxes.find((box) => !box.hidden);
  const watch = new MutationObserver(() => {
    show(part('look'), Boolean(waiting()));
    show(part('status'), Boolean(waiting()) || part('words').textContent !== '');
  });
  boxes.forEach((box) => watch.observe(box, { attributes: true, attributeFilter: ['hidden'] }));
  part('look').addEventListener('click', () => {
    const box = waiting();
    if (!box) return;
    box.tabIndex = -1;
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: 'start', behavior: 'instant' }); // a long form would glide for seconds
  });

  function setVersion(value) {
    for (const input of [version(), ...all('[data-version-of]').filter((other) => other.dataset.versionOf === form.id)]) {
      if (input) input.value = String(value);
    }
  }

  /** Says so and tries again: later each time, and not before the service asked for it. */
  function retryLater(word, notBefore = 0) {
    status(word, 'attention');
    plan(Math.max(notBefore, Math.min(FIRST_RETRY_MS * 2 ** failures++, LONGEST_RETRY_MS)));
    return false;
  }

  /** Says what the service did not take, and why if it says so. What was typed stays on the page, and the next change is sent again. */
  function refuse(word, answer) {
    keepCopy();
    const [placed, whole] = [true, false].map((isPlaced) => (answer?.problems ?? []).filter(({ path }) => (path !== '') === isPlaced));
    if (placed.length) showProblems(form, placed);
    status(word, 'bad', whole.map(({ text }) => text).join(' '));
    return false;
  }

  function accept(answer, sent, entries) {
    failures = 0;
    tokenTried = false;
    acknowledged = sent;
    base = entries;
    setVersion(answer.version);
    // What was typed while the answer was on its way is newer than the answer: the copy must follow the new version.
    if (dirty()) { keepCopy(); plan(INPUT_PAUSE_MS); } else store.drop(key);
    showProblems(form, answer.problems ?? []);
    showMissing(form, answer.missing ?? []);
    showProgress(form, answer.progress);
    show(part('signed-out'), false);
    status('Saved', 'good', clock.format(new Date(answer.saved_at)));
    if (held) goOn(); // the line is back: the press must not wait for the next try, and come when nobody thinks of it
    return true;
  }

  async function send() {
    const sent = changes;
    let entries = [];
    status('Saving');
    let response;
    try {
      if (tokenIsOld && await renewToken()) tokenIsOld = false;
      entries = copyEntries(form);
      response = await fetch(form.getAttribute('action') || location.href, {
        method: 'POST',
        headers: { 'X-Autosave': '1', Accept: 'application/json' },
        body: new URLSearchParams(textEntries(form)),
      });
    } catch {
      isCut = true;
      // Only what was really kept on this device may be called so.
      return retryLater(navigator.onLine === false && keepCopy() ? 'Offline' : 'Unsaved');
    }
    isCut = false;
    const answer = await jsonOf(response);
    if (response.ok && answer) return accept(answer, sent, entries);
    if (response.status === 401 || response.redirected) {
      tokenIsOld = true;
      show(part('signed-out'), true);
      return retryLater('SignedOut');
    }
    if (response.status === 409) {
      keepCopy(); // the page that saved the newer version has thrown the common copy away
      showMeanwhile(answer?.meanwhile?.lines ?? []);
      let fresh;
      try { fresh = await freshCopy(form); } catch { return retryLater('Unsaved'); }
      if (fresh?.version && fresh.version !== version()?.value) return merge(fresh);
      stopped = true; // refused for another reason than a newer version, or no longer to be filled in
      show(part('conflict'), true);
      return refuse('Stopped', answer);
    }
    if (response.status === 403 && !tokenTried) {
      tokenIsOld = tokenTried = true;
      return send(); // with the token of the session that was begun elsewhere meanwhile, if that is why
    }
    if (response.status >= 500 || response.status === 408 || response.status === 429) {
      return retryLater('Busy', 1_000 * (Number(response.headers.get('Retry-After')) || 0));
    }
    return refuse({ 403: 'Forbidden', 404: 'Forbidden', 413: 'TooLarge' }[response.status] ?? 'Refused', answer);
  }

  /** What was done elsewhere and by whom, in each box that speaks of it. */
  function showMeanwhile(lines) {
    for (const list of all('[data-save-meanwhile]', form)) {
      list.replaceChildren(...lines.map((line) => Object.assign(document.createElement('li'), { textContent: line })));
      show(list.parentElement, lines.length > 0);
    }
  }

  /** Takes over what was changed elsewhere only, and goes on saving; where both changed the same, waits for the person's choice. */
  function merge(fresh) {
    const { together, taken, disputed } = threeWays(form, base, copyEntries(form), fresh.entries);
    const settle = () => {
      base = fresh.entries;
      setVersion(fresh.version); // not before the choice: the form sent by its own button must not pass over the others' words
      stopped = false;
      changes += 1;
      keepCopy();
      plan(0);
    };
    fillForm(form, together);
    reserveRows(form, disputed.flatMap(({ mine, theirs }) => [...mine, ...theirs]));
    refreshCounters(form);
    const box = part('merge');
    const list = part('merge-taken');
    list.replaceChildren(...taken.map(({ title, words }) => Object.assign(document.createElement('li'), {
      textContent: `${title} ${list.dataset.wordNow}${gap}${words || '—'}`,
    })));
    show(list.parentElement, taken.length > 0);
    const chosen = new Set(); // where the others' words shall stand
    part('merge-disputed').replaceChildren(...disputed.map((dispute) => {
      const choice = part('merge-choice').content.cloneNode(true).firstElementChild;
      choice.querySelector('[data-merge-title]').textContent = dispute.title;
      choice.setAttribute('aria-label', dispute.title);
      const buttons = all('[data-merge-side]', choice);
      for (const button of buttons) {
        const side = button.dataset.mergeSide;
        button.querySelector('[data-merge-words]').textContent = groupWords(form, dispute[side]) || '—';
        button.addEventListener('click', () => {
          if (side === 'theirs') chosen.add(dispute); else chosen.delete(dispute);
          buttons.forEach((each) => each.setAttribute('aria-pressed', String(each === button)));
        });
      }
      return choice;
    }));
    show(part('merge-disputed').parentElement, disputed.length > 0);
    show(part('merge-accept'), disputed.length > 0);
    show(part('merge-close'), disputed.length === 0);
    part('merge-close').onclick = () => show(box, false);
    part('merge-accept').onclick = () => {
      // What was typed meanwhile stays; only what was given to the others changes.
      const given = [...chosen];
      const names = new Set(given.flatMap(({ mine, theirs }) => [...mine, ...theirs]).map(([name]) => name));
      const kept = copyEntries(form).filter(([name]) => !names.has(name));
      fillForm(form, [...kept, ...given.flatMap(({ theirs }) => theirs)]);
      refreshCounters(form);
      show(box, false);
      settle();
    };
    show(box, taken.length + disputed.length > 0);
    if (disputed.length) {
      stopped = true;
      keepCopy();
      status('Conflict', 'attention');
      return false;
    }
    settle();
    return true;
  }

  // One save at a time: a second one would carry a version that the first has just made old.
  function save() {
    clearTimeout(timer);
    if (stopped || !dirty()) return Promise.resolve(!dirty());
    running ??= send().finally(() => { running = null; });
    return running;
  }

  async function flush() {
    while (dirty()) { if (!await save()) return false; }
    return true;
  }

  /** A button pressed without a line would lead to the browser's own error page: it waits, and goes on once the line is back. */
  function hold(target, submitter) {
    held = { form: target, submitter };
    keepCopy();
    status('Held', 'attention', submitter?.textContent.trim() ?? '');
    part('status').scrollIntoView({ block: 'nearest' });
    goOn();
  }

  async function goOn() {
    if (!held) return;
    const waits = held;
    try { await fetch(location.href, { cache: 'no-store' }); } catch { clearTimeout(again); again = setTimeout(goOn, FIRST_RETRY_MS); return; }
    if (held !== waits) return; // it was taken back meanwhile, or has gone
    held = null;
    if (stopped) return; // it would pass over what waits for the person's choice
    isCut = false;
    reached = true;
    try { waits.form.requestSubmit(waits.submitter); } finally { reached = false; }
  }

  function noteChange() {
    held = null; // whoever types on has not done with this page
    changes += 1;
    keepCopy();
    plan(INPUT_PAUSE_MS);
    showOffer(); // it stays until it is taken or discarded, and says what it would change by now
  }

  /** What a page of this form left behind, if the service does not have it by now. */
  function leftAt(name) {
    const copy = store.read(name);
    const isSent = copy?.submitted && copy.version !== version()?.value;
    return copy && !isSent ? copy : null;
  }

  function withdrawOffer() {
    store.drop(offeredKey);
    show(offer, false);
  }

  /** Shows what the offered copy would change on the page as it stands; once that is nothing, it is done with. */
  function showOffer() {
    const copy = offer && store.read(offeredKey);
    if (!copy) { show(offer, false); return; }
    const changesNow = changesTo(form, merged(form, copy, copyEntries(form)));
    if (!changesNow.length) { withdrawOffer(); return; }
    const list = part('restore-changes');
    const { wordNow, wordThen } = list.dataset;
    list.replaceChildren(...changesNow.map(([title, old, wanted]) => Object.assign(document.createElement('li'), {
      textContent: `${title} ${wordNow}${gap}${old || '—'} ${wordThen}${gap}${wanted || '—'}`,
    })));
    part('restore-time').textContent = clockAndDay.format(new Date(copy.at));
    show(offer, true);
  }

  /**
   * Offers what was left behind, under a name of its own: the copy of what is typed from now on must not take its place. Where one
   * was offered before and not decided about, both go together, and of the same field the newer counts.
   */
  function offerCopy() {
    const [newer, older] = [isKept ? null : leftAt(key), leftAt(offeredKey)];
    const copy = newer && older ? { ...newer, base: older.base, entries: merged(form, newer, older.entries) } : newer ?? older;
    if (newer) store.drop(key);
    if (copy) store.write(offeredKey, copy); else store.drop(offeredKey);
    showOffer();
    if (!offer || offer.hidden) return;
    const said = all('[data-save-restore-said]').find(({ dataset }) => dataset.saveOf === form.id);
    if (said) said.textContent = offer.querySelector('p').textContent;
  }

  part('restore-accept')?.addEventListener('click', () => {
    const copy = store.read(offeredKey);
    if (copy) fillForm(form, merged(form, copy, copyEntries(form)));
    withdrawOffer();
    noteChange();
    refreshCounters(form);
  });
  part('restore-discard')?.addEventListener('click', withdrawOffer);

  form.addEventListener('input', noteChange);
  addEventListener('offline', () => { if (!stopped && (!dirty() || keepCopy())) status('Offline', 'attention'); });
  addEventListener('online', () => {
    failures = 0;
    if (held) goOn(); else if (dirty()) plan(0); else if (!stopped) status('Online', 'good');
  });
  document.addEventListener('visibilitychange', () => { if (dirty()) plan(0); });
  addEventListener('beforeunload', (event) => { if (dirty() && !leaving) event.preventDefault(); });
  addEventListener('pageshow', () => { leaving = false; });

  savers.set(form, {
    dirty,
    flush,
    busy: () => running,
    isCut: () => !reached && (isCut || navigator.onLine === false),
    hold,
    stay: () => part('status').scrollIntoView({ block: 'center' }),
    leave() { clearTimeout(timer); leaving = true; if (dirty() || isUnsaved) keepCopy(true); },
  });
  if (isKept) keepCopy();
  offerCopy();
}

/** Before a form goes: a running save ends first (its version counts), and a form that rests on a draft waits for it. */
async function holdForSave(event) {
  const form = event.target;
  const own = savers.get(form);
  if (own) {
    if (own.isCut() && !own.busy()) { event.preventDefault(); own.hold(form, event.submitter); return; }
    if (!own.busy()) { own.leave(); return; }
    event.preventDefault();
    await own.busy();
    form.requestSubmit(event.submitter);
    return;
  }
  const draft = form.dataset.afterSave && savers.get(document.getElementById(form.dataset.afterSave));
  if (draft?.isCut()) { event.preventDefault(); draft.hold(form, event.submitter); return; }
  if (!draft?.dirty()) return;
  event.preventDefault();
  if (await draft.flush()) form.requestSubmit(event.submitter); else draft.stay();
}

// ---- uploads ----

const uploads = new Set(); // the forms whose file is on its way: leaving the page breaks it off
let isPartOld = false; // a part of the page could not be had anew: the last upload to end loads the whole page

/** Waits until the service can be reached. */
async function lineIsThere() {
  for (;;) {
    try { await fetch(location.href, { cache: 'no-store' }); return; } catch { /* not yet */ }
    await new Promise((done) => { setTimeout(done, FIRST_RETRY_MS); addEventListener('online', done, { once: true }); });
  }
}
addEventListener('beforeunload', (event) => { if (uploads.size) event.preventDefault(); });

/**
 * Files with their progress, one after another where several were chosen. Between two of them it pauses with nothing lost; one that
 * is on its way is broken off, and sent again from its beginning, as its button says before it is pressed: the service takes a
 * document in one piece. What came in is shown in the form's own part of the page: others may be running.
 */
function startUpload(form) {
  const input = form.querySelector('input[type=file]');
  const box = form.querySelector('[data-upload-progress]');
  const line = form.querySelector('[data-problem-for]');
  const button = form.querySelector('[type=submit]');
  const bar = box.querySelector('progress');
  const percent = box.querySelector('[data-upload-percent]');
  const [hold, pause, resume, cancel] = ['hold', 'pause', 'resume', 'cancel'].map((name) => box.querySelector(`[data-upload-${name}]`));
  const aloud = form.querySelector('[data-upload-said]');
  let request = null, toldQuarter = -1;
  const signIn = box.querySelector('[data-upload-sign-in]');
  let files = [], at = 0; // what was chosen, and which of it is sent: those before it are in
  let tokenIsOld = false, tokenTried = false; // the page's token may be that of a session that has ended; it was put anew for this file
  let turn = 0; // goes up whenever the person stops or begins: what was waited for before is of no interest any more
  let isHolding = false; // once this file is there, the next one waits

  /** A pause before the next file can be asked for while there is one, and once. */
  const showHold = (running) => show(hold, running && !isHolding && at + 1 < files.length);

  /** Running, waiting to be sent again, or done with. */
  function stand(running, waiting) {
    const held = running && document.activeElement === button;
    show(signIn, false);
    show(box, running || waiting);
    show(pause, running);
    showHold(running);
    show(resume, waiting);
    show(cancel, true);
    if (held) pause.focus(); // a button that can be pressed no more holds no focus
    button.disabled = running;
    if (running) uploads.add(form); else uploads.delete(form);
  }

  /** Which of several files it is about. */
  const named = (text) => (files.length > 1 ? `${files[at].name}${isChinese ? '：' : ': '}${text}` : text);

  /** Says how it ended; `word` is that of the button that goes on. */
  function say(text, canResume = false, word = 'wordAgain') {
    const held = [pause, hold].includes(document.activeElement) && canResume;
    isHolding = false;
    resume.textContent = form.dataset[word];
    markProblem(line, text);
    aloud.textContent = text;
    stand(false, canResume);
    if (held) resume.focus(); // the button under the finger is gone, its opposite stands in its place
  }

  function advance(share) {
    bar.value = share;
    percent.textContent = [files.length > 1 && `${at + 1} / ${files.length}`, `${share}%`, isHolding && form.dataset.wordHolding].filter(Boolean).join(' · ');
    show(pause, share < 100); // all of it is there: broken off now, it might stand in the file twice
    const quarter = Math.floor(share / 25);
    if (quarter === toldQuarter) return;
    toldQuarter = quarter; // aloud only each quarter
    aloud.textContent = `${bar.getAttribute('aria-label')} ${percent.textContent}`;
  }

  function fault(file) {
    if (file.size > Number(form.dataset.maxBytes || Infinity)) return form.dataset.wordTooLarge;
    const kinds = input.accept.split(',').map((kind) => kind.trim().toLowerCase()).filter((kind) => kind.startsWith('.'));
    return kinds.length && !kinds.some((kind) => file.name.toLowerCase().endsWith(kind)) ? form.dataset.wordWrongType : '';
  }

  /** This part of the page as the server has it now, put in the place of the old one; null where it cannot be had. */
  async function renewed() {
    const part = form.closest('[data-upload-part]');
    if (!part) return null;
    let page;
    try {
      const response = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
      if (!response.ok || response.redirected) return null;
      page = new DOMParser().parseFromString(await response.text(), 'text/html');
    } catch { return null; }
    const title = part.getAttribute('aria-labelledby');
    const fresh = page.getElementById(title)?.closest('[data-upload-part]');
    if (!fresh) return null;
    const held = document.activeElement === document.body || part.contains(document.activeElement);
    part.replaceWith(document.adoptNode(fresh));
    all('form[data-upload]', fresh).forEach(startUpload);
    if (held) {
      const heading = fresh.querySelector('h2');
      heading.tabIndex = -1; // where nothing more is taken, no chooser is left
      (fresh.querySelector('input[type=file]') ?? heading).focus();
    }
    return fresh;
  }

  /** Ends with what the server said, or the person, while files before this one are in already. */
  async function breakOff(text) {
    if (at === 0) { say(text); return; }
    stand(false, false);
    const fresh = await renewed();
    const place = fresh?.querySelector('[data-problem-for]');
    if (place) {
      markProblem(place, text);
      fresh.querySelector('[data-upload-said]').textContent = text;
    } else {
      tell(text);
      if (!fresh) { input.value = ''; say(text); } // what is in must not be sent again
    }
  }

  function tell(text) {
    const said = document.querySelector('[data-uploads-said]');
    if (said) said.textContent = text;
  }

  /** Nobody is signed in: the files stay chosen, and go on once somebody is. */
  function askToSignIn() {
    tokenIsOld = true;
    say(named(form.dataset.wordSignedOut), true);
    show(signIn, true);
  }

  async function finish() {
    const { status, responseText, responseURL } = request;
    let answer = null;
    try { answer = JSON.parse(responseText); } catch { /* an HTML answer: only its status counts */ }
    // Whoever signed in again elsewhere has another session, and this page the token of the one before.
    if (status === 403 && !tokenTried) {
      tokenIsOld = tokenTried = true;
      send();
      return;
    }
    // Without a session one is led to the page to sign in.
    const isLedElsewhere = responseURL !== '' && new URL(responseURL).pathname !== new URL(form.getAttribute('action'), location.href).pathname;
    if (status === 401 || (isLedElsewhere && !answer?.location)) { askToSignIn(); return; }
    if (status < 200 || status >= 300) {
      // What the server refused stays refused; what it could not do now may be sent again.
      const text = named(answer?.problems?.[0]?.text ?? form.dataset.wordFailed);
      if (status >= 500 || status === 408 || status === 429) say(text, true); else await breakOff(text);
      return;
    }
    // Whatever took the file says where it is now.
    if (!answer?.location) { say(named(form.dataset.wordFailed), true); return; }
    tokenTried = false;
    if (at + 1 < files.length) {
      at += 1;
      if (!isHolding) { send(); return; }
      say(form.dataset.wordHeld, true, 'wordGoOn');
      percent.textContent = `${at} / ${files.length}`;
      return;
    }
    [pause, hold, cancel].forEach((each) => show(each, false));
    const target = new URL(answer.location, location.href);
    const isHere = target.pathname + target.search === location.pathname + location.search;
    const done = `${files.map(({ name }) => name).join(listMark)} ${form.dataset.wordDone}`;
    const isRenewed = isHere && Boolean(await renewed());
    uploads.delete(form);
    if (!isRenewed) isPartOld = true;
    if (isRenewed && (uploads.size || !isPartOld)) { tell(done); return; }
    // The page can only be loaded anew once nothing else is on its way, and once there is a line: without one the browser would put
    // its own error page in the place of this one. Until then the word stands here.
    input.value = '';
    stand(false, false);
    show(box, true);
    show(cancel, false);
    percent.textContent = aloud.textContent = done;
    await lineIsThere();
    if (uploads.size) return; // the last of them loads it
    await Promise.all([...savers.values()].map((saver) => saver.flush()));
    if (isHere) location.reload(); else location.assign(target);
  }

  async function send() {
    const file = files[at];
    if (!file) { stand(false, false); return; }
    const problem = fault(file);
    if (problem) { breakOff(named(problem)); return; }
    if (tokenIsOld) {
      const mine = ++turn;
      stand(true, false);
      let isRenewed = null;
      try { isRenewed = await renewToken(); } catch { /* no line */ }
      if (mine !== turn) return; // paused or given up meanwhile
      if (isRenewed === null) { say(named(form.dataset.wordFailed), true); return; }
      if (!isRenewed) { askToSignIn(); return; }
      tokenIsOld = false;
    }
    const body = new FormData(form);
    body.set(input.name, file);
    const own = new XMLHttpRequest();
    request = own;
    own.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) advance(Math.floor(loaded * 100 / total));
    });
    own.addEventListener('load', finish);
    own.addEventListener('error', () => say(named(form.dataset.wordFailed), true));
    own.open('POST', form.getAttribute('action') || location.href);
    own.setRequestHeader('Accept', 'application/json');
    markProblem(line, '');
    toldQuarter = -1;
    stand(true, false);
    advance(0);
    own.send(body);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button.disabled) return;
    if (resume.hidden) { files = [...input.files]; at = 0; } // what waits goes on where it stopped
    tokenTried = false;
    send();
  });
  pause.addEventListener('click', () => { turn += 1; request?.abort(); say(form.dataset.wordPaused, true); });
  hold.addEventListener('click', () => {
    isHolding = true;
    (pause.hidden ? cancel : pause).focus(); // the button under the finger is gone
    showHold(true);
    advance(bar.value);
    aloud.textContent = form.dataset.wordHolding;
  });
  resume.addEventListener('click', async () => {
    [tokenIsOld, tokenTried] = [true, false]; // it waited, and the session may have ended: that is asked before all of it goes for nothing
    await send();
    if (!pause.hidden) pause.focus();
  });
  cancel.addEventListener('click', async () => { turn += 1; request?.abort(); button.disabled = false; button.focus(); await breakOff(form.dataset.wordCancelled); });
  // Another file was chosen: what waited was the one before.
  input.addEventListener('change', () => { if (!resume.hidden) { stand(false, false); markProblem(line, ''); } });
}

// ---- score sheets: hundredths of a point, whole numbers only ----

/** "26.5" → 2650; null when it is no number of points. Full-width digits, as an input method types them, count too. */
function hundredths(text) {
  const match = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').trim());
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
}

function startScore(form) {
  const refresh = () => {
    const inputs = all('[data-points]', form);
    const sums = new Map();
    let total = 0, filled = 0, sound = true;
    for (const input of inputs) {
      const points = hundredths(input.value);
      const most = hundredths(input.dataset.maxPoints ?? '');
      const wrong = input.value.trim() !== '' && (points === null || (most !== null && points > most));
      if (wrong) input.setAttribute('aria-invalid', 'true'); else input.removeAttribute('aria-invalid');
      if (wrong) sound = false;
      if (points === null || wrong) continue;
      filled += 1;
      total += points;
      sums.set(input.dataset.group, (sums.get(input.dataset.group) ?? 0) + points);
    }
    const words = (sum) => `${Math.trunc(sum / 100)}.${String(sum % 100).padStart(2, '0')}`;
    all('[data-score-total]', form).forEach((output) => { output.textContent = sound && filled ? words(total) : output.dataset.wordNone ?? ''; });
    all('[data-score-subtotal]', form).forEach((output) => { output.textContent = words(sums.get(output.dataset.scoreSubtotal) ?? 0); });
    all('[data-score-filled]', form).forEach((output) => { output.textContent = `${filled} / ${inputs.length}`; });
  };
  form.addEventListener('input', refresh);
  refresh();
}

// ---- names that match while one is being typed ----

function startSuggestions(form) {
  const input = form.querySelector('input[type=search]');
  if (!input) return;
  const list = Object.assign(document.createElement('datalist'), { id: `s-${input.id}` });
  input.after(list);
  input.setAttribute('list', list.id);
  let timer, turn = 0;
  const refresh = async () => {
    const mine = ++turn, q = input.value.trim();
    if (q === '') { list.replaceChildren(); return; }
    try {
      const response = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q })}`);
      const found = response.ok ? await jsonOf(response) : null;
      if (!found || mine !== turn) return;
      // A browser only shows what holds the typed text: what was found by its reading carries it as a label.
      list.replaceChildren(...found.items.map(({ name }) => new Option(name.includes(q) ? '' : q, name)));
    } catch { /* the search itself still works */ }
  };
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(refresh, SUGGEST_PAUSE_MS); });
}

// ---- what is typed and kept nowhere ----

/** A form that nothing saves by itself: whoever leaves the page otherwise than by sending it is asked first. */
function startGuard(form) {
  const isUnsaved = 'unsaved' in form.dataset; // the fields show what the server has just refused
  const isTyped = () => isUnsaved || [...form.elements]
    .some(({ type, value, defaultValue }) => ['text', 'textarea'].includes(type) && value !== defaultValue);
  let leaving = false;
  form.addEventListener('submit', () => { leaving = true; });
  addEventListener('pageshow', () => { leaving = false; });
  addEventListener('beforeunload', (event) => { if (isTyped() && !leaving) event.preventDefault(); });
}

/** The switch of languages beneath a form whose fields show what was refused: it opens the page anew, and asks first. */
function startSwitch(form) {
  let isPressed = false;
  form.addEventListener('submit', () => { isPressed = true; });
  addEventListener('beforeunload', (event) => { if (isPressed) event.preventDefault(); isPressed = false; });
}

// ---- counters, double submission, menus ----

function refreshCounter(control) {
  const counter = all('[data-counter-for]').find((line) => line.dataset.counterFor === control.id);
  if (!counter) return;
  const length = [...control.value].length; // characters as people count them, not UTF-16 units
  counter.textContent = `${length} / ${control.dataset.max}`;
  counter.toggleAttribute('data-over', length > Number(control.dataset.max));
  show(counter, true);
}
const refreshCounters = (root) => all('[data-max]', root).forEach(refreshCounter);

function lockButtons({ target: form, submitter, defaultPrevented }) {
  if (defaultPrevented || form.target === '_blank') return;
  const buttons = [...form.elements].filter((element) => element.type === 'submit' && !element.disabled);
  // Only after the browser has read the form: a disabled button would not send its own name.
  setTimeout(() => buttons.forEach((button) => { button.disabled = true; button.dataset.locked = ''; }), 0);
  setTimeout(() => unlockButtons(form), RESUBMIT_AFTER_MS);
  submitter?.setAttribute('aria-busy', 'true');
}

function unlockButtons(root) {
  all('[data-locked]', root).forEach((button) => { button.disabled = false; delete button.dataset.locked; });
  all('[aria-busy]', root).forEach((button) => button.removeAttribute('aria-busy'));
}

/** One box for all boxes of a name in its form; in between while some are ticked. */
function startTickAll(line) {
  const every = line.querySelector('input'), form = line.closest('form');
  const each = all(`[name=${line.dataset.tickAll}]`, form);
  const refresh = () => {
    const ticked = each.filter((box) => box.checked).length;
    every.checked = ticked > 0 && ticked === each.length;
    every.indeterminate = ticked > 0 && ticked < each.length;
  };
  show(line, each.length > 1);
  every.addEventListener('change', () => each.forEach((box) => { box.checked = every.checked; }));
  form.addEventListener('change', refresh);
  addEventListener('pageshow', refresh); // coming back by the back button finds them ticked
}

function closeMenus(except) {
  for (const menu of all('details[data-menu][open]')) if (menu !== except) menu.open = false;
}

all('[data-print]').forEach((button) => { show(button, true); button.addEventListener('click', () => print()); });
all('[data-rows]').forEach(startRows);
all('form[data-autosave]').forEach(startAutosave);
all('form[data-upload]').forEach(startUpload);
all('form[data-guard]').forEach(startGuard);
all('form.languages[data-unsaved]').forEach(startSwitch);
all('form[data-score]').forEach(startScore);
all('form[data-suggest]').forEach(startSuggestions);
all('[data-tick-all]').forEach(startTickAll);
all('[data-paste-hint]').forEach((hint) => show(hint, true));
document.addEventListener('paste', pasteTable);

// A wide table is a stop of the keyboard only while a part of it is out of sight.
const wideTables = new ResizeObserver((seen) => seen.forEach(({ target }) => { target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1; }));
all('.table-scroll').forEach((box) => wideTables.observe(box));

refreshCounters(document);
document.addEventListener('input', ({ target }) => { if (target.dataset?.max) refreshCounter(target); });
document.addEventListener('submit', holdForSave, true);
document.addEventListener('submit', lockButtons);
addEventListener('pageshow', () => unlockButtons(document)); // coming back by the back button finds the buttons alive
document.addEventListener('click', ({ target }) => closeMenus(target.closest('details[data-menu]')));
document.addEventListener('keydown', ({ key }) => {
  const open = key === 'Escape' && document.querySelector('details[data-menu][open]');
  if (open) { open.open = false; open.querySelector('summary').focus(); }
});
// On a shared computer the next person must not find what the last one typed.
all('form[data-sign-out]').forEach((form) => form.addEventListener('submit', () => {
  store.keys().filter((key) => key.startsWith(COPY_PREFIX)).forEach(store.drop);
}));
const currentNav = document.querySelector('.nav [aria-current]');
if (currentNav) currentNav.closest('ul').scrollLeft = currentNav.offsetLeft - currentNav.offsetWidth;
