/**
 * Path under which the service is, without a slash at its end: empty, or `/x/y`. The service writes it into the page.
 */
export const basePath = (document.documentElement.dataset['base'] ?? './')
  .replace(/^\.\/$/, '')
  .replace(/\/$/, '');
