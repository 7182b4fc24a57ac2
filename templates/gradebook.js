// What the gradebook's page can do beyond being read: sort its tables and filter its students.
// It stands in the page itself, which has no other script.
const { document, addEventListener, Intl } = globalThis;

for (const table of document.querySelectorAll('table[data-sortable]')) makeSortable(table);
makeFilter(document.querySelector('#students'));
openForPrinting();

/** Puts a button into each heading; without a script the headings are plain text. */
function makeSortable(table) {
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.firstElementChild.childNodes);
    heading.firstElementChild.replaceWith(button);
    button.addEventListener('click', () => sortBy(table, heading));
  }
}

function sortBy(table, heading) {
  const ascending = heading.getAttribute('aria-sort') !== 'ascending';
  for (const each of table.tHead.rows[0].cells) each.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
  const isNumber = heading.dataset.kind === 'number';
  const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const keyed = [...table.tBodies[0].rows].map((row) => {
    const text = row.cells[heading.cellIndex].dataset.sort ?? '';
    return { row, text, key: isNumber ? Number(text) : text };
  });
  keyed.sort((a, b) => {
    // What has no value stands last either way.
    if (a.text === '' || b.text === '') return Number(a.text === '') - Number(b.text === '');
    const order = isNumber ? a.key - b.key : compare(a.key, b.key);
    return ascending ? order : -order;
  });
  table.tBodies[0].append(...keyed.map(({ row }) => row));
}

function makeFilter(table) {
  const bar = document.querySelector('#find');
  const words = document.querySelector('#words');
  const status = document.querySelector('#status');
  const shown = document.querySelector('#shown');
  const rows = [...table.tBodies[0].rows].map((row) => ({
    row,
    text: fold(`${row.textContent} ${row.dataset.codes}`),
  }));
  const apply = () => {
    const wanted = fold(words.value).split(/\s+/);
    let count = 0;
    for (const { row, text } of rows) {
      const fits = wanted.every((word) => text.includes(word));
      row.hidden = !fits || (status.value !== '' && row.dataset.status !== status.value);
      if (!row.hidden) count += 1;
    }
    shown.textContent =
      count === rows.length ? shown.dataset.all : `${count} of ${rows.length} students shown`;
  };
  words.addEventListener('input', apply);
  words.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    words.value = '';
    apply();
  });
  status.addEventListener('change', apply);
  bar.hidden = false;
  // A browser that goes back to the page puts the words of before into the fields.
  addEventListener('pageshow', apply);
}

/** Without case and accents, so that "jose" finds "José". */
function fold(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** On paper nothing can be opened. */
function openForPrinting() {
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')];
    for (const each of opened) each.open = true;
  });
  addEventListener('afterprint', () => {
    for (const each of opened) each.open = false;
  });
}
