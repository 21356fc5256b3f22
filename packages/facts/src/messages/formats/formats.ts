import type { ChatFormat } from '../chat-format.ts';
import { aiSdk } from './ai-sdk.ts';
import { anthropic } from './anthropic.ts';
import { bedrock } from './bedrock.ts';
import { gemini } from './gemini.ts';
import { honeyhive } from './honeyhive.ts';
import { langchain } from './langchain.ts';
import { openai } from './openai.ts';
import { opentelemetry } from './opentelemetry.ts';

/** All that is known of how messages are written. Of two formats that use the same name, the later one counts. */
export const formats: readonly ChatFormat[] = [
  openai,
  anthropic,
  gemini,
  bedrock,
  langchain,
  aiSdk,
  opentelemetry,
  honeyhive,
];
