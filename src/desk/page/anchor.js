// Keeps what is seen where it is while pages change their size, are added or removed.

/** Remembers the page under a point of the window; the function that comes back scrolls it there again. */
export function holdPlace(scroller, clientX, clientY) {
  const held = pageAt(scroller, clientX, clientY);
  if (!held) return () => {};
  const box = held.getBoundingClientRect();
  const number = held.dataset.page;
  const across = (clientX - box.left) / box.width;
  const down = (clientY - box.top) / box.height;
  return () => {
    const now = scroller.querySelector(`[data-page="${number}"]`)?.getBoundingClientRect();
    if (!now) return;
    const moveX = now.left + across * now.width - clientX;
    const moveY = now.top + down * now.height - clientY;
    if (Math.abs(moveX) > 0.5) scroller.scrollLeft += moveX;
    if (Math.abs(moveY) > 0.5) scroller.scrollTop += moveY;
  };
}

/** The page under a point, else the nearest one. */
function pageAt(scroller, clientX, clientY) {
  let nearest = null;
  let least = Infinity;
  for (const page of scroller.querySelectorAll('[data-page]')) {
    const box = page.getBoundingClientRect();
    const far = Math.max(box.top - clientY, clientY - box.bottom, 0) + Math.max(box.left - clientX, clientX - box.right, 0);
    if (far < least) [nearest, least] = [page, far];
    if (far === 0) break;
  }
  return nearest;
}

/** Holds the first page that is seen, at the top edge of the view. */
export function holdTop(scroller) {
  const box = scroller.getBoundingClientRect();
  return holdPlace(scroller, box.left + scroller.clientWidth / 2, box.top);
}

/** Holds what stands in the middle of the view. */
export function holdMiddle(scroller) {
  const box = scroller.getBoundingClientRect();
  return holdPlace(scroller, box.left + scroller.clientWidth / 2, box.top + scroller.clientHeight / 2);
}
