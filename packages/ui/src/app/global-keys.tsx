import { Suspense, lazy } from 'react';
import type { VisibleProject } from '../api/project.tsx';
import { useHotkeyScopes, useHotkeys } from '../kit/hotkeys.ts';
import type { Hotkey } from '../kit/hotkeys.ts';
import { keptQuery } from '../state/kept-query.ts';
import type { ProjectScreen } from '../state/place.ts';
import { themePreference } from '../state/theme.ts';
import { goTo } from '../state/use-place.ts';
import { paletteText } from '../text/palette.ts';
import { shellText } from '../text/shell.ts';
import { readSessionId, toCommands } from './commands.ts';
import type { Command } from './commands.ts';
import { findProjects } from './find-projects.ts';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
const HelpSheet = lazy(async () => ({ default: (await import('./help-sheet.tsx')).HelpSheet }));

/** Which of the two is open. */
export type Sheet = 'palette' | 'help' | null;

const screenKeys: readonly (readonly [ProjectScreen, string, string])[] = [
  ['sessions', 'g s', shellText.sessions],
  ['events', 'g e', shellText.events],
  ['charts', 'g c', shellText.charts],
  ['alerts', 'g a', shellText.alerts],
  ['settings', 'g o', shellText.settings],
  ['start', 'g d', shellText.sendData],
];

const toScreens = ({ name }: VisibleProject): Hotkey[] =>
  screenKeys.map(([screen, keys, label]) => ({
    keys,
    label,
    run: () => goTo({ screen, project: name }, { query: keptQuery() }),
  }));

const themes: readonly Hotkey[] = (['system', 'light', 'dark'] as const).map((theme) => ({
  label: paletteText.theme(shellText.themes[theme]),
  run: () => themePreference.set(theme),
}));

const toSwitch = ({ name }: VisibleProject) => ({
  label: paletteText.switchTo(name),
  run: () => goTo({ screen: 'home', project: name }),
});

/** Where the list does not hold all projects: those with the text in their name. */
async function findSwitches(text: string, signal: AbortSignal): Promise<readonly Command[]> {
  const { projects } = await findProjects(text, signal);
  return projects.map((project) => ({ group: paletteText.projects, ...toSwitch(project) }));
}

interface GlobalKeysProps {
  readonly projects: readonly VisibleProject[];
  /** Whether `projects` are all there are. */
  readonly hasAllProjects: boolean;
  readonly project: VisibleProject | null;
  readonly sheet: Sheet;
  readonly onSheet: (sheet: Sheet) => void;
  readonly onSignOut: () => void;
}

/** Keys and commands of every screen. Rendered before the screen, whose keys take precedence. */
export function GlobalKeys(props: GlobalKeysProps) {
  const { projects, hasAllProjects, project, sheet, onSheet, onSignOut } = props;
  useHotkeys(paletteText.everywhere, [
    { keys: '$mod+k', label: paletteText.open, run: () => onSheet('palette') },
    { keys: 'Shift+?', label: paletteText.help, run: () => onSheet('help') },
    ...themes,
    { label: shellText.signOut, run: onSignOut },
  ]);
  useHotkeys(paletteText.goTo, project === null ? [] : toScreens(project));
  useHotkeys(paletteText.projects, projects.filter(({ id }) => id !== project?.id).map(toSwitch));
  return sheet === null ? null : (
    <Sheets hasAllProjects={hasAllProjects} project={project} sheet={sheet} onSheet={onSheet} />
  );
}

type SheetsProps = Omit<GlobalKeysProps, 'onSignOut' | 'projects'>;

function Sheets({ hasAllProjects, project, sheet, onSheet }: SheetsProps) {
  // Those of the sheet itself are on top of them, and have no keys.
  const scopes = useHotkeyScopes().filter(({ isModal }) => !isModal);
  const close = () => onSheet(null);
  const fromText = (text: string): readonly Command[] => {
    const session = readSessionId(text);
    if (session === null || project === null) return [];
    const run = () => goTo({ screen: 'session', project: project.name, session });
    return [{ group: shellText.session, label: paletteText.openSession(session), run }];
  };
  return (
    <Suspense>
      {sheet === 'palette' ? (
        <Palette
          commands={toCommands(scopes)}
          fromText={fromText}
          findMore={hasAllProjects ? null : findSwitches}
          onClose={close}
        />
      ) : (
        <HelpSheet scopes={scopes} onClose={close} />
      )}
    </Suspense>
  );
}
