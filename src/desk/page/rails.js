// The left side: small pictures of the pages and the list of articles, both for jumping.
import { make, byId, keepInStep } from './dom.js';
import { say } from './words.js';
import { pageName, addressOf } from './pages.js';

export class Rails {
  constructor(goTo) {
    this.goTo = goTo;
    this.articles = [];
  }

  showThumbs(pages) {
    keepInStep(byId('thumbs'), pages, {
      keyOf: page => page.number,
      create: page => make('li', {}, this.thumbButton(page)),
      fill: (row, page) => {
        const button = row.firstElementChild;
        // The large picture has this address, too: the browser knows it already and changes the small one without a flash.
        button.querySelector('img').src = addressOf(page);
        button.setAttribute('aria-label', pageName(page));
        button.querySelector('.number').textContent = page.label;
      },
    });
  }

  thumbButton(page) {
    const image = make('img', { alt: '', draggable: false, loading: 'lazy' });
    const button = make('button', { type: 'button', className: 'thumb' }, image, make('span', { className: 'number' }));
    button.dataset.thumb = page.number;
    button.addEventListener('click', () => this.goTo(page.number));
    return button;
  }

  showArticles(articles, language) {
    this.articles = articles;
    keepInStep(byId('article-list'), bySection(articles), {
      keyOf: section => section.key,
      create: () => make('div', { className: 'section' }, make('h3'), make('ol')),
      fill: (element, section) => this.fillSection(element, section, language),
    });
  }

  fillSection(element, section, language) {
    const [heading, list] = element.children;
    heading.textContent = section.title ?? '';
    heading.lang = language;
    heading.hidden = section.title === null;
    keepInStep(list, section.articles, {
      keyOf: article => article.file,
      create: article => make('li', {}, this.articleButton(article)),
      fill: (row, article) => {
        const button = row.firstElementChild;
        button.title = article.file;
        button.pageNumber = article.page;
        button.querySelector('.title').textContent = article.title;
        button.querySelector('.title').lang = language;
        button.querySelector('.at').textContent = article.page ?? '';
        button.querySelector('.unseen').textContent = say('articles.page');
      },
    });
  }

  articleButton(article) {
    const button = make('button', { type: 'button', 'data-article': article.file },
      make('span', { className: 'title' }), make('span', { className: 'unseen' }), make('span', { className: 'at' }));
    button.addEventListener('click', () => this.goTo(button.pageNumber, { file: article.file }));
    return button;
  }

  /** Marks the page that is read, and the article that began last before it. */
  setCurrent(number) {
    for (const button of document.querySelectorAll('[data-thumb]'))
      setCurrent(button, Number(button.dataset.thumb) === number, true);
    const current = this.articles.filter(article => article.page && article.page <= number).at(-1);
    const first = this.articles.find(article => article.page === number);
    const file = (first ?? current)?.file;
    for (const button of document.querySelectorAll('[data-article]'))
      setCurrent(button, button.dataset.article === file, false);
  }
}

function setCurrent(button, is, follow) {
  const was = button.getAttribute('aria-current') === 'true';
  if (was === is) return;
  if (is) button.setAttribute('aria-current', 'true');
  else button.removeAttribute('aria-current');
  if (is && follow) scrollWithin(button.closest('.thumbs'), button);
}

/** Scrolls only the small pictures; scrollIntoView would move the pages, too. */
function scrollWithin(container, element) {
  const view = container.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  if (box.top < view.top + 32) container.scrollTop += box.top - view.top - 40;
  else if (box.bottom > view.bottom) container.scrollTop += box.bottom - view.bottom + 12;
}

function bySection(articles) {
  const sections = [];
  for (const article of articles) {
    if (sections.at(-1)?.title !== article.section)
      sections.push({ title: article.section, key: `${sections.length} ${article.section}`, articles: [] });
    sections.at(-1).articles.push(article);
  }
  return sections;
}
