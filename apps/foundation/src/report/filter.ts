/** Script of the filter: shows the rows of the chosen states that have the words. Runs in the page, without a network. */
export const FILTER = `
const form = document.getElementById('filter');
const apply = () => {
  const words = form.querySelector('[type=search]').value.toLowerCase();
  const states = [...form.querySelectorAll(':checked')].map((box) => box.value);
  for (const row of document.querySelectorAll('article[id]'))
    row.hidden = !states.includes(row.dataset.status) || !row.textContent.toLowerCase().includes(words);
  for (const section of document.querySelectorAll('section:has(article[id])'))
    section.hidden = !section.querySelector('article[id]:not([hidden])');
};
form.hidden = false;
form.addEventListener('input', apply);
form.addEventListener('submit', (event) => event.preventDefault());
`;
