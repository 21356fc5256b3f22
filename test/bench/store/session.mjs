// One session of the load: a root, turns below it, and in each turn model and tool events.
import { chainNames, drawMetadata, errors, models, toolNames } from './fields.mjs';
import { parseDigest } from '../../../packages/server/dist/domain/event-digest.js';
import { drawText } from './text.mjs';
import { createDice } from '../random.mjs';

/** Characters of a chat message: 0.2 to 20 KB by Pareto's law, most of them short. */
const messageChars = (dice) => Math.round(Math.min(20_000, 200 / (1 - dice.next()) ** (1 / 1.6)));
/** Messages that a model is sent again with each turn. */
const historyMessages = 4;
/** One model event in that many has an answer of 1 MB. */
const hugeEvery = 5_000;
const systemPromptCount = 40;
const charsPerToken = 4;

let prompts = null;

/** An application has few system prompts, and sends the same one every time. */
function drawPrompt(dice) {
  if (prompts === null) {
    const own = createDice(11);
    prompts = Array.from({ length: systemPromptCount }, () =>
      drawText(own, Math.round(own.logUniform(200, 2_000))),
    );
  }
  return dice.pickEarly(prompts);
}

const makeEvent = ({ session, dice, time, type, name }) => ({
  projectId: session.projectId,
  sessionId: session.id,
  eventId: type === 'session' ? session.id : dice.uuid(time),
  version: 1,
  isDeleted: false,
  eventType: type,
  eventName: name,
  parentId: type === 'session' ? null : session.id,
  childrenIds: [],
  source: session.source,
  error: dice.chance(0.02) ? dice.pick(errors) : null,
  startTime: time,
  endTime: time,
  durationMs: 0,
  hasEnded: true,
  promptTokens: 0,
  completionTokens: 0,
  totalTokens: 0,
  costUsd: 0,
  costSource: '',
  repeatedUse: 0,
  sampleRate: 1,
  isPartial: false,
  isEmptied: false,
  createdAt: time,
  updatedAt: time,
  config: '{}',
  inputs: '{}',
  outputs: '{}',
  metadata: '{}',
  metrics: '{}',
  feedback: '{}',
  user_properties: '{}',
  isByOrganisation: false,
  apiKeyId: '',
  origin: '',
});

function last(event, ms) {
  event.durationMs = Math.round(ms * 100) / 100;
  event.endTime = event.startTime + event.durationMs;
  event.createdAt = Math.ceil(event.endTime);
  event.updatedAt = event.createdAt;
}

function fillModel(event, dice, session) {
  const model = session.model;
  const messages = [
    { role: 'system', content: session.prompt },
    ...session.messages,
    { role: 'user', content: session.question ?? drawText(dice, messageChars(dice)) },
  ];
  const chars = dice.chance(1 / hugeEvery) ? 1_000_000 : messageChars(dice);
  const answer = { role: 'assistant', content: drawText(dice, chars) };
  event.inputs = JSON.stringify({ messages });
  event.outputs = JSON.stringify(answer);
  // What answers the turn is what its last model event said.
  if (chars <= 20_000) session.turn.outputs = JSON.stringify({ content: answer.content });
  // A huge answer is not sent again with each turn that follows.
  session.question = null;
  session.messages =
    chars > 20_000 ? [] : [...session.messages, messages.at(-1), answer].slice(-historyMessages);
  event.promptTokens = Math.ceil(event.inputs.length / charsPerToken);
  event.completionTokens = Math.ceil(chars / charsPerToken);
  event.totalTokens = event.promptTokens + event.completionTokens;
  const [promptUsd, completionUsd] = model.usdPerMillion;
  event.costUsd =
    (event.promptTokens * promptUsd + event.completionTokens * completionUsd) / 1_000_000;
  event.costSource = 'sender';
  const { name, provider } = model;
  event.config = JSON.stringify({ model: name, provider, temperature: 0.2, max_tokens: 4096 });
  event.metadata = JSON.stringify({
    prompt_tokens: event.promptTokens,
    completion_tokens: event.completionTokens,
    total_tokens: event.totalTokens,
    cost: event.costUsd,
    ...drawMetadata(dice),
  });
  if (dice.chance(0.2))
    event.metrics = JSON.stringify({
      faithfulness: dice.below(101) / 100,
      relevance: dice.below(6),
    });
  last(event, dice.logNormal(1_200, 0.8));
}

function fillTool(event, dice) {
  event.inputs = JSON.stringify({ query: drawText(dice, 20 + dice.below(100)), limit: 5 });
  const results = Array.from({ length: dice.below(6) }, () => ({
    id: `doc-${dice.below(50_000)}`,
    score: dice.below(10_000) / 10_000,
    title: drawText(dice, 40),
    snippet: drawText(dice, 60 + dice.below(240)),
  }));
  event.outputs = JSON.stringify({ results });
  event.metadata = JSON.stringify(drawMetadata(dice));
  last(event, dice.logNormal(180, 1));
}

function fillChain(event, dice, session) {
  session.question = drawText(dice, messageChars(dice));
  session.turn = event;
  event.inputs = JSON.stringify({ question: session.question });
  event.metadata = JSON.stringify(drawMetadata(dice));
  last(event, dice.logNormal(2_500, 0.7));
}

const kinds = {
  model: { names: ['answer', 'classify', 'rewrite'], fill: fillModel },
  tool: { names: toolNames, fill: fillTool },
  chain: { names: chainNames, fill: fillChain },
};

function fillRoot(event, dice) {
  const user = {
    user_id: `u-${dice.below(20_000)}`,
    plan: dice.pickEarly(['free', 'pro', 'team']),
  };
  event.user_properties = JSON.stringify(user);
  event.metadata = JSON.stringify(drawMetadata(dice));
  event.inputs = JSON.stringify({ question: drawText(dice, 80) });
}

/** With what lists show of it. */
export const withDigest = (event) => ({ ...event, ...parseDigest(event) });

/** The events of one session, as they were first stored. */
export function makeSession(dice, { projectId, startTime, eventCount }) {
  const session = {
    projectId,
    id: dice.uuid(startTime),
    source: dice.pickEarly(['production', 'staging', 'development']),
    model: dice.pickEarly(models),
    prompt: drawPrompt(dice),
    messages: [],
    question: null,
    turn: null,
  };
  const root = makeEvent({ session, dice, time: startTime, type: 'session', name: 'support-chat' });
  fillRoot(root, dice);
  session.turn = root;
  const events = [root];
  let time = startTime;
  let chain = root;
  while (events.length < eventCount) {
    // Now and then the user comes back after a while.
    time += dice.exponential(dice.chance(0.004) ? 1_800_000 : 1_500);
    const type = dice.chance(0.4) ? 'model' : dice.chance(0.5) ? 'tool' : 'chain';
    const { names, fill } = kinds[type];
    const event = makeEvent({
      session,
      dice,
      time: Math.round(time * 8) / 8,
      type,
      name: dice.pickEarly(names),
    });
    event.parentId = (type === 'chain' && dice.chance(0.7) ? root : chain).eventId;
    if (type === 'chain') chain = event;
    fill(event, dice, session);
    events.push(event);
  }
  last(root, Math.max(...events.slice(-200).map(({ endTime }) => endTime)) - startTime);
  return events.map(withDigest);
}
