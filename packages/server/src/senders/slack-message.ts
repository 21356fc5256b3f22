import { factsOf, titleOf } from '../domain/alert-message.ts';
import type { AlertMessage } from '../domain/alert-message.ts';
import type { HttpMessage } from './http-sender.ts';

/** Source: Slack, "Formatting text for app surfaces": these three characters control its markup. */
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * A message for an incoming webhook of Slack, or of what takes the same: a text for notifications, and blocks.
 * Source: Slack, "Sending messages using incoming webhooks" and "Block Kit": a header has at most 150 characters.
 */
export function toSlackMessage(message: AlertMessage, url: string): HttpMessage {
  const title = titleOf(message);
  const facts = factsOf(message).map(([name, value]) => `*${name}:* ${escapeText(value)}`);
  const link = message.data.url;
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: title.slice(0, 150), emoji: false } },
    { type: 'section', text: { type: 'mrkdwn', text: facts.join('\n').slice(0, 3_000) } },
    ...(link === null
      ? []
      : [
          {
            type: 'actions',
            elements: [
              { type: 'button', text: { type: 'plain_text', text: 'Open the alert' }, url: link },
            ],
          },
        ]),
  ];
  return { url, headers: {}, body: JSON.stringify({ text: escapeText(title), blocks }) };
}
