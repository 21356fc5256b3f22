import type { Page } from 'playwright-core';

/**
 * Notes what goes wrong in a page from now on; the list grows.
 *
 * That an API call was refused is no problem: tests see to it that the page says so.
 */
export async function watchPage(page: Page, origin: string): Promise<string[]> {
  const problems: string[] = [];
  page.on('console', (message) => {
    const isRefusedCall = message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !isRefusedCall)
      problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url))
      problems.push(`request to elsewhere: ${url}`);
  });
  page.on('response', (response) => {
    const isCall = ['fetch', 'xhr', 'eventsource'].includes(response.request().resourceType());
    if (response.status() >= 400 && !isCall)
      problems.push(`${response.status()} for ${response.url()}`);
  });
  await page.exposeFunction('reportViolation', (text: string) => problems.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { reportViolation } = window as unknown as { reportViolation(text: string): void };
      reportViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return problems;
}
