// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of exercises
/** A content/ of one lesson, one exercise and one quiz, without a mistake, to make mistakes in. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Path below content/ → text. */
export type Files = { readonly [path: string]: string }

const both = '{ ko: 가, en: a }'
const lesson = (title: string) => `---
title: ${title}
summary: ${title}
objectives: [${title}]
---

## ${title}

<Predict question="${title}?" options={["80", "443"]} answer={1}>

${title}

</Predict>

\`\`\`bash run
kubectl get nodes
\`\`\`

<Goal id="named">

${title}

</Goal>

<ExerciseLink slug="open-a-port" />
<QuizLink slug="first" />
`

export const tinyContent: Files = {
  'tracks.yaml': `- slug: one
  note: "000"
  title: ${both}
  summary: ${both}
  lessons:
    - first
`,
  'lessons/first/lesson.yaml': `minutes: 5
domains: [cka/services-networking]
exercises: [open-a-port]
quiz: first
workspace: { machine: laptop, user: learner }
goals:
  - id: named
    reach: kubectl create namespace named
    fields: { kind: Namespace, name: named, paths: [metadata.name] }
`,
  'lessons/first/lesson.ko.mdx': lesson('가'),
  'lessons/first/lesson.en.mdx': lesson('a'),
  'exercises/services/open-a-port/exercise.yaml': `title: ${both}
minutes: 5
difficulty: easy
domains: [cka/services-networking]
workspace: { machine: laptop, user: learner }
variables:
  app: { oneOf: [web, api] }
checks:
  - id: named
    points: 1
    title: ${both}
    why: ${both}
    proof: ${both}
    fields: { kind: Service, name: "\${app}", paths: [spec.type] }
hints:
  - ${both}
  - ${both}
`,
  'exercises/services/open-a-port/task.ko.mdx': '`${app}`\n',
  'exercises/services/open-a-port/task.en.mdx': '`${app}`\n',
  'exercises/services/open-a-port/explain.ko.mdx': '가\n',
  'exercises/services/open-a-port/explain.en.mdx': 'a\n',
  'exercises/services/open-a-port/setup/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: "${app}", labels: { app: "${app}" } }\nspec: { containers: [{ name: web, image: nginx }] }\n',
  'exercises/services/open-a-port/solution.sh': 'kubectl expose pod ${app} --port=80\n',
  ...Object.fromEntries(
    ['one', 'two', 'three'].flatMap((name) => [
      [`exercises/services/open-a-port/alternatives/${name}.sh`, 'kubectl create service clusterip ${app} --tcp=80\n'],
      [`exercises/services/open-a-port/mistakes/${name}.sh`, '# fails: named\nkubectl get pods\n'],
    ]),
  ),
  'cheat-sheets.yaml': '- slug: ports\n  lessons: [first]\n',
  'cheat-sheets/ports/sheet.ko.mdx': '---\ntitle: 가\nsummary: 가\n---\n\n## 가\n',
  'cheat-sheets/ports/sheet.en.mdx': '---\ntitle: a\nsummary: a\n---\n\n## a\n',
  'quizzes/first.yaml': `title: ${both}
lesson: first
domains: [cka/services-networking]
questions:
  - id: which
    kind: single
    prompt: ${both}
    explanation: ${both}
    options:
      - { id: a, text: "80", correct: true, why: ${both} }
      - { id: b, text: "443", why: ${both} }
  - id: prints
    kind: output
    lesson: first
    prompt: ${both}
    explanation: ${both}
    run: echo one
    options:
      - { id: a, text: one, why: ${both} }
      - { id: b, text: two, why: ${both} }
  - id: line
    kind: mistake
    prompt: ${both}
    explanation: ${both}
    code: { language: yaml, text: "a: 1\\nb: 2" }
    line: 2
`,
  'ui/ko.json': '{\n  "site": {\n    "name": "가"\n  }\n}\n',
  'ui/en.json': '{\n  "site": {\n    "name": "a"\n  }\n}\n',
  'ui/trace.ko.json': '{}\n',
  'ui/trace.en.json': '{}\n',
}

/**
 * Does `work` in a project that has this content, and takes it away again. What was loaded must not be remembered: the
 * caller sets NODE_ENV to development.
 */
export async function inContent<T>(files: Files, work: () => Promise<T>): Promise<T> {
  const before = process.cwd()
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-content-'))
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, 'content', name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  process.chdir(folder)
  try {
    return await work()
  } finally {
    process.chdir(before)
    rmSync(folder, { recursive: true, force: true })
  }
}
