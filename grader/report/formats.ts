import type { LabResult } from '../model/result.ts';
import type { Templates } from './html/templates.ts';

/** Makes the text of a format: a pure function of the result. */
export type Renderer = (result: LabResult) => string;

/** What some formats need besides the result. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A random word, which no program that is graded can know. */
  readonly token: string;
  /** Loads the templates of pages. */
  readonly openTemplates: () => Promise<Templates>;
  /** What is typed to grade a stage again, and to go on to the next one. */
  readonly again: (stage: string) => string;
  readonly goOn: string;
}

/**
 * Every format that other tools read, by its name. Each is loaded where it is asked for, and throws a
 * UsageError, before anything is graded, where it lacks what it needs.
 */
export const FORMATS: Readonly<Record<string, (around: Surroundings) => Promise<Renderer>>> = {
  json: async () => (await import('./json.ts')).renderJson,
  html: async ({ openTemplates, again, goOn }) => {
    const { renderHtml } = await import('./html/render-html.ts');
    const templates = await openTemplates();
    return (result) => renderHtml(result, { templates, again, goOn });
  },
  markdown: async () => (await import('./markdown/report.ts')).renderMarkdown,
  github: async ({ token }) => {
    const { renderGithub } = await import('./github/annotations.ts');
    return (result) => renderGithub(result, { token });
  },
  'github-summary': async () => (await import('./github/step-summary.ts')).renderStepSummary,
  junit: async () => (await import('./junit/junit.ts')).renderJunit,
  'junit-strict': async () => (await import('./junit/strict.ts')).renderStrictJunit,
  tap: async () => (await import('./tap.ts')).renderTap,
  gradescope: async () => (await import('./platforms/gradescope.ts')).renderGradescope,
  classroom50: async ({ environment }) => {
    const { readClassroom50 } = await import('./platforms/classroom50-facts.ts');
    const { renderClassroom50 } = await import('./platforms/classroom50.ts');
    const facts = readClassroom50(environment);
    return (result) => renderClassroom50(result, facts);
  },
  classroom: async () => (await import('./platforms/classroom.ts')).renderClassroom,
  exercism: async () => (await import('./platforms/exercism.ts')).renderExercism,
  check50: async () => (await import('./platforms/check50.ts')).renderCheck50,
  prairielearn: async () => (await import('./platforms/prairielearn.ts')).renderPrairielearn,
  autolab: async () => (await import('./platforms/autolab.ts')).renderAutolab,
};
