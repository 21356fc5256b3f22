import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { VisibleProject } from '../api/project.tsx';
import { formatCount } from '../format/number.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { useDebounced } from '../query/use-debounced.ts';
import { shellText } from '../text/shell.ts';
import { findProjects, typingMs } from './find-projects.ts';
import type { FoundProjects } from './find-projects.ts';
import styles from './project-search.module.css';

interface ProjectSearchProps {
  readonly current: VisibleProject | null;
  readonly onChoose: (project: VisibleProject) => void;
}

/** Projects by a part of their name, which the service looks for. */
export function ProjectSearch({ current, onChoose }: ProjectSearchProps) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  // It comes after the popover, which had nothing to focus yet.
  useEffect(() => input.current?.focus(), []);
  const search = useDebounced(text.trim(), typingMs);
  const { data, error, refetch } = useQuery({
    queryKey: ['project-search', search],
    queryFn: ({ signal }) => findProjects(search, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={styles.search}>
      <TextInput
        ref={input}
        isCode
        type="search"
        aria-label={shellText.findProject}
        placeholder={shellText.findProject}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={6} />}
      {data && (
        <>
          <ul className={styles.list} aria-label={shellText.projects}>
            {data.projects.map((project) => (
              <li key={project.id}>
                <button
                  type="button"
                  className={styles.project}
                  aria-current={project.id === current?.id}
                  onClick={() => onChoose(project)}
                >
                  {project.name}
                </button>
              </li>
            ))}
          </ul>
          <p role="status" className={styles.hint}>
            {describe(data)}
          </p>
        </>
      )}
    </div>
  );
}

function describe({ projects, total }: FoundProjects): string {
  if (total === 0) return shellText.noSuchProjects;
  return total > projects.length ? shellText.moreProjects(projects.length, formatCount(total)) : '';
}
