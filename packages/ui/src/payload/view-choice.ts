import { createPreference, usePreference } from '../state/preference.ts';
import { payloadViews, type PayloadView } from './payload-view.ts';

type Choices = Readonly<Record<string, PayloadView>>;

/** How each field was last looked at, where somebody chose that. */
const choices = createPreference<Choices>('payload-views', {
  parse: (text) => {
    const pairs = new URLSearchParams(text ?? '');
    return Object.fromEntries(
      [...pairs].flatMap(([field, chosen]) => {
        const view = payloadViews.find((name) => name === chosen);
        return view ? [[field, view]] : [];
      }),
    );
  },
  print: (chosen) => new URLSearchParams(chosen).toString(),
});

/** The saved view of a field, null without one; and its setter. */
export function useViewChoice(
  field: string,
): readonly [PayloadView | null, (view: PayloadView) => void] {
  const [chosen, choose] = usePreference(choices);
  const view = Object.hasOwn(chosen, field) ? (chosen[field] ?? null) : null;
  return [view, (next) => choose({ ...chosen, [field]: next })];
}
