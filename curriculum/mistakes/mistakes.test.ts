// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of exercises
/** Every mistake that an author can make in content/ is named with its file, its line and a sentence. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Files, inContent, tinyContent } from '../testing/tiny-content.ts'
import { findMistakes } from './index.ts'

const LESSON = 'lessons/first/lesson'
const EXERCISE = 'exercises/services/open-a-port'
const YAML = `${EXERCISE}/exercise.yaml`
const QUIZ = 'quizzes/first.yaml'
const both = '{ ko: 가, en: a }'

const mistakes = (files: Files) => inContent(files, async () => (await findMistakes()).map(({ message }) => message))
const without = (...names: readonly string[]): Files =>
  Object.fromEntries(Object.entries(tinyContent).filter(([name]) => !names.includes(name)))
/** The tiny content with `from` replaced in one file. */
const changed = (file: string, from: string, to: string): Files => {
  const text = tinyContent[file] ?? ''
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`)
  return { ...tinyContent, [file]: text.replace(from, to) }
}

/** Nothing is remembered between the contents of these tests: each is read and run anew. */
vi.setConfig({ testTimeout: 120_000 })
beforeAll(() => void vi.stubEnv('NODE_ENV', 'development'))
afterAll(() => void vi.unstubAllEnvs())

it('finds nothing where nothing is wrong', async () => expect(await mistakes(tinyContent)).toEqual([]))

describe.each<readonly [name: string, files: Files, expected: string | RegExp]>([
  // texts of lessons
  [
    'an unknown component',
    changed(`${LESSON}.en.mdx`, '<QuizLink slug="first" />', '<Video id="1" />'),
    /^content\/lessons\/first\/lesson\.en\.mdx:26: there is no component <Video>; texts may use: Predict/,
  ],
  [
    'an unknown attribute',
    changed(`${LESSON}.en.mdx`, '<Goal id="named">', '<Goal id="named" open>'),
    'content/lessons/first/lesson.en.mdx:19: <Goal> open: there is no such field here',
  ],
  [
    'a missing attribute',
    changed(`${LESSON}.en.mdx`, ' question="a?"', ''),
    'content/lessons/first/lesson.en.mdx:9: <Predict> question: is missing (string)',
  ],
  [
    'a prediction whose answer is not among the options',
    changed(`${LESSON}.en.mdx`, 'answer={1}', 'answer={2}'),
    'content/lessons/first/lesson.en.mdx:9: <Predict> answer: the answer is not among the options (they are counted from 0)',
  ],
  [
    'code in a text',
    changed(`${LESSON}.en.mdx`, '## a', '## a\n\nThe port is {port}.'),
    'content/lessons/first/lesson.en.mdx:9: "port" is code; write braces in backticks',
  ],
  [
    'a tag that is not closed',
    changed(`${LESSON}.en.mdx`, '</Goal>', ''),
    /^content\/lessons\/first\/lesson\.en\.mdx:19: Expected a closing tag for `<Goal>`$/,
  ],
  [
    'an import',
    changed(`${LESSON}.en.mdx`, '## a', 'import x from "./x.js"\n\n## a'),
    /^content\/lessons\/first\/lesson\.en\.mdx:7: Could not resolve "\.\/x\.js"$/,
  ],
  [
    'an unknown goal',
    changed(`${LESSON}.en.mdx`, '<Goal id="named">', '<Goal id="other">'),
    /^content\/lessons\/first\/lesson\.en\.mdx:19: .* has no goal "other"$/,
  ],
  [
    'a goal without a box',
    changed(`${LESSON}.en.mdx`, '<Goal id="named">\n\na\n\n</Goal>', ''),
    /^content\/lessons\/first\/lesson\.yaml:7: .*has no <Goal id="named">$/,
  ],
  [
    'a link to an unknown exercise',
    changed(`${LESSON}.en.mdx`, 'slug="open-a-port"', 'slug="opne-a-port"'),
    'content/lessons/first/lesson.en.mdx:25: there is no exercise "opne-a-port"',
  ],
  [
    'a link to an unknown quiz',
    changed(`${LESSON}.ko.mdx`, '<QuizLink slug="first" />', '<QuizLink slug="frist" />'),
    'content/lessons/first/lesson.ko.mdx:26: there is no quiz "frist"',
  ],
  [
    'frontmatter without a summary',
    changed(`${LESSON}.en.mdx`, 'summary: a\n', ''),
    /^content\/lessons\/first\/lesson\.en\.mdx:\d: .*summary: is missing \(string\)$/,
  ],
  [
    'a missing translation',
    without(`${LESSON}.en.mdx`),
    'content/lessons/first/lesson.en.mdx:1: this lesson has no text in this language',
  ],
  [
    'a text in an unknown language',
    { ...tinyContent, [`${LESSON}.kr.mdx`]: 'x' },
    /^content\/lessons\/first\/lesson\.kr\.mdx:1: a lesson has lesson\.yaml, /,
  ],
  [
    'another heading in one language',
    changed(`${LESSON}.en.mdx`, '## a', '### a'),
    'content/lessons/first/lesson.en.mdx:7: lesson.ko.mdx has "##" as its heading 1, not "###"',
  ],
  [
    'a code block in one language only',
    changed(`${LESSON}.en.mdx`, 'kubectl get nodes', 'kubectl get pods'),
    /^content\/lessons\/first\/lesson\.en\.mdx:15: lesson\.ko\.mdx has "bash run\\nkubectl get nodes\\n" as its code block 1/,
  ],
  [
    'a component in one language only',
    changed(`${LESSON}.en.mdx`, '## a', '<Recap>\n\na\n\n</Recap>\n\n## a'),
    'content/lessons/first/lesson.en.mdx:7: lesson.ko.mdx has "Predict" as its component 1, not "Recap"',
  ],
  // lesson.yaml, tracks.yaml
  ['no lesson.yaml', without(`${LESSON}.yaml`), 'content/lessons/first/lesson.yaml:1: this file is missing'],
  [
    'an unknown exercise of a lesson',
    changed(`${LESSON}.yaml`, '[open-a-port]', '[open-a-prot]'),
    'content/lessons/first/lesson.yaml:3: there is no exercise "open-a-prot"',
  ],
  [
    'an unknown quiz of a lesson',
    changed(`${LESSON}.yaml`, 'quiz: first', 'quiz: frist'),
    'content/lessons/first/lesson.yaml:4: there is no quiz "frist"',
  ],
  [
    'an unknown exam domain',
    changed(`${LESSON}.yaml`, '[cka/services-networking]', '[cka/service]'),
    /^content\/lessons\/first\/lesson\.yaml:2: domains\.0: Invalid option/,
  ],
  [
    'a goal on a kind that there is not',
    changed(`${LESSON}.yaml`, 'kind: Namespace', 'kind: Namespcae'),
    'content/lessons/first/lesson.yaml:7: no kind Namespcae in the emulator',
  ],
  [
    'a lesson in no track',
    { ...tinyContent, 'lessons/second/lesson.yaml': '' },
    'content/tracks.yaml:1: no track has the lesson second',
  ],
  [
    'a lesson that is not there',
    changed('tracks.yaml', '- first', '- frist'),
    'content/tracks.yaml:6: there is no folder content/lessons/frist',
  ],
  ['no tracks', without('tracks.yaml'), 'content/tracks.yaml:1: this file is missing'],
  // exercise.yaml
  [
    'an unknown check type',
    changed(YAML, 'fields:', 'feilds:'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:9: checks\.0: a check has exactly one of: fields, .* \(found: feilds\)$/,
  ],
  [
    'an unknown field of a check',
    changed(YAML, 'paths:', 'path:'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:14: checks\.0\.fields\.pat/,
  ],
  [
    'an unknown kind',
    changed(YAML, 'kind: Service', 'kind: Servcie'),
    'content/exercises/services/open-a-port/exercise.yaml:9: no kind Servcie in the emulator',
  ],
  [
    'an unknown field',
    changed(YAML, 'minutes: 5', 'minutes: 5\nseconds: 3'),
    'content/exercises/services/open-a-port/exercise.yaml:3: seconds: there is no such field here',
  ],
  [
    'a missing translation of a title',
    changed(YAML, `title: ${both}`, 'title: { ko: 가 }'),
    'content/exercises/services/open-a-port/exercise.yaml:1: title.en: is missing (string)',
  ],
  [
    'an empty translation',
    changed(YAML, `title: ${both}`, 'title: { ko: 가, en: " " }'),
    'content/exercises/services/open-a-port/exercise.yaml:1: title.en: is empty',
  ],
  [
    'a missing hint',
    changed(YAML, `hints:\n  - ${both}\n`, 'hints:\n'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:1[56]: hints/,
  ],
  [
    'points that are none',
    changed(YAML, 'points: 1', 'points: 0'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:10: checks\.0\.points: /,
  ],
  [
    'no checks',
    changed(YAML, /checks:[\s\S]*(?=hints)/.exec(tinyContent[YAML] ?? '')?.[0] ?? '?', 'checks: []\n'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:8: checks: /,
  ],
  [
    'two checks with one id',
    changed(
      YAML,
      'hints:',
      `  - id: named\n    points: 1\n    title: ${both}\n    why: ${both}\n    proof: ${both}\n    endpoints: { service: web }\nhints:`,
    ),
    'content/exercises/services/open-a-port/exercise.yaml:15: checks.1.id: another one has the id "named"',
  ],
  [
    'YAML that is none',
    changed(YAML, 'difficulty: easy', 'difficulty: [easy'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:\d+: /,
  ],
  ['an empty file', { ...tinyContent, [YAML]: '' }, /^content\/exercises\/services\/open-a-port\/exercise\.yaml:1: /],
  [
    'a key twice',
    changed(YAML, 'minutes: 5', 'minutes: 5\nminutes: 6'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:3: /,
  ],
  [
    'an unknown machine',
    changed(YAML, 'machine: laptop', 'machine: desktop'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:5: workspace\.machine: Invalid option/,
  ],
  [
    'an unknown blueprint',
    changed(YAML, 'user: learner }', 'user: learner, blueprint: huge }'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:5: .*huge/,
  ],
  [
    'an unknown fault',
    changed(YAML, 'user: learner }', 'user: learner, faults: [{ stop: kubelte, on: node01 }] }'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:5: workspace\.faults\.0\.stop: Invalid option/,
  ],
  [
    'a fault that cannot be set',
    changed(
      YAML,
      'user: learner }',
      'user: learner, faults: [{ replace: /etc/hosts, on: node01, from: nobody, to: x }] }',
    ),
    'content/exercises/services/open-a-port/exercise.yaml:5: /etc/hosts on node01 has no nobody',
  ],
  [
    'a manifest from nowhere',
    changed(YAML, 'user: learner }', 'user: learner, install: ["https://nowhere.test/x.yaml"] }'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:5: there is no manifest at https:\/\/nowhere\.test\/x\.yaml$/,
  ],
  // files of an exercise
  [
    'two exercises with one slug',
    { ...tinyContent, 'exercises/zzz/open-a-port/exercise.yaml': tinyContent[YAML] ?? '' },
    'content/exercises/zzz/open-a-port/exercise.yaml:1: another topic has an exercise of this name',
  ],
  [
    'a missing alternative',
    without(`${EXERCISE}/alternatives/two.sh`),
    'content/exercises/services/open-a-port/alternatives:1: 3 alternatives or more are needed, there are 2',
  ],
  [
    'no mistakes',
    without(...['one', 'two', 'three'].map((name) => `${EXERCISE}/mistakes/${name}.sh`)),
    'content/exercises/services/open-a-port/mistakes:1: 3 mistakes or more are needed, there are 0',
  ],
  [
    'a missing solution',
    without(`${EXERCISE}/solution.sh`),
    'content/exercises/services/open-a-port/solution.sh:1: this file is missing',
  ],
  [
    'a missing task',
    without(`${EXERCISE}/task.en.mdx`),
    /^content\/exercises\/services\/open-a-port\/task\.en\.mdx:1: this (file|text) is missing$/,
  ],
  [
    'a folder that nobody reads',
    { ...tinyContent, [`${EXERCISE}/mistake/x.sh`]: 'x' },
    /^content\/exercises\/services\/open-a-port\/mistake:1: the folders of an exercise are /,
  ],
  [
    'a mistake that names nothing',
    changed(`${EXERCISE}/mistakes/one.sh`, '# fails: named', '# fails'),
    'content/exercises/services/open-a-port/mistakes/one.sh:1: the first line names what fails: "# fails: id id"',
  ],
  [
    'a mistake that names an unknown check',
    changed(`${EXERCISE}/mistakes/one.sh`, 'named', 'namde'),
    'content/exercises/services/open-a-port/mistakes/one.sh:1: exercise.yaml has no check "namde"; it has named',
  ],
  [
    'a script that does nothing',
    { ...tinyContent, [`${EXERCISE}/alternatives/one.sh`]: '# nothing\n' },
    'content/exercises/services/open-a-port/alternatives/one.sh:1: this script does nothing',
  ],
  [
    'an unknown variable in a text',
    changed(`${EXERCISE}/task.en.mdx`, '`${app}`', 'x\n\n`${name}`'),
    'content/exercises/services/open-a-port/task.en.mdx:3: the exercise has no variable "name"; it has app',
  ],
  [
    'an unknown variable in a check',
    changed(YAML, 'name: "${app}"', 'name: "${ap}"'),
    'content/exercises/services/open-a-port/exercise.yaml:14: the exercise has no variable "ap"; it has app',
  ],
  [
    'an unknown variable in a script',
    changed(`${EXERCISE}/solution.sh`, '${app}', '${ap}'),
    'content/exercises/services/open-a-port/solution.sh:1: the exercise has no variable "ap"; it has app',
  ],
  [
    'a variable that nobody uses',
    changed(YAML, 'checks:', '  port: { integer: [1, 2] }\nchecks:'),
    'content/exercises/services/open-a-port/exercise.yaml:8: nothing uses the variable "port"',
  ],
  [
    'a range from high to low',
    changed(YAML, '{ oneOf: [web, api] }', '{ integer: [2, 1] }'),
    /^content\/exercises\/services\/open-a-port\/exercise\.yaml:7: variables\.app\.integer: the lower end comes first$/,
  ],
  [
    'a manifest that is refused',
    changed(
      `${EXERCISE}/setup/pod.yaml`,
      'spec:',
      'spec: {}\n---\nkind: Pod\napiVersion: v1\nmetadata: { name: other }\nspecs:',
    ),
    /^content\/exercises\/services\/open-a-port\/setup\/pod\.yaml:1: manifest refused: .*containers/,
  ],
  [
    'a manifest that is no YAML',
    changed(`${EXERCISE}/setup/pod.yaml`, 'kind: Pod', 'kind: [Pod'),
    /^content\/exercises\/services\/open-a-port\/setup\/pod\.yaml:\d: /,
  ],
  [
    'a goal in a task',
    changed(`${EXERCISE}/task.en.mdx`, '`${app}`', '<Goal id="x">x</Goal>'),
    'content/exercises/services/open-a-port/task.en.mdx:1: only lessons have a <Goal>',
  ],
  // quizzes
  [
    'an answer that is not among the options',
    changed(QUIZ, 'run: echo one', 'run: echo three'),
    'content/quizzes/first.yaml:18: the answer is not among the options: the command prints "three"',
  ],
  [
    'no right option',
    changed(QUIZ, ', correct: true', ''),
    'content/quizzes/first.yaml:9: questions.0.options: exactly one option must be correct',
  ],
  [
    'two options with one id',
    changed(QUIZ, '{ id: b, text: "443"', '{ id: a, text: "443"'),
    'content/quizzes/first.yaml:11: questions.0.options.1.id: another one has the id "a"',
  ],
  [
    'two options that read the same',
    changed(QUIZ, '{ id: b, text: "443"', '{ id: b, text: "80"'),
    'content/quizzes/first.yaml:11: questions.0.options.1.text: another one reads the same',
  ],
  [
    'an unknown kind of question',
    changed(QUIZ, 'kind: single', 'kind: singel'),
    /^content\/quizzes\/first\.yaml:6: questions\.0\.kind: /,
  ],
  [
    'an option without its reason',
    changed(QUIZ, `, why: ${both}`, ''),
    'content/quizzes/first.yaml:10: questions.0.options.0.why: is missing (object)',
  ],
  [
    'a line that the code does not have',
    changed(QUIZ, 'line: 2', 'line: 3'),
    'content/quizzes/first.yaml:26: questions.2.line: its code has nothing on line 3',
  ],
  [
    'a quiz on an unknown lesson',
    changed(QUIZ, 'lesson: first\nd', 'lesson: frist\nd'),
    'content/quizzes/first.yaml:2: there is no lesson "frist"',
  ],
  [
    'two questions with one id',
    changed(QUIZ, 'id: prints', 'id: which'),
    'content/quizzes/first.yaml:12: questions.1.id: another one has the id "which"',
  ],
  [
    'a quiz that nobody finds',
    { ...tinyContent, 'quizzes/Second.yml': '' },
    'content/quizzes/Second.yml:1: a quiz is a file <slug>.yaml',
  ],
  // cheat sheets
  [
    'a cheat sheet in one language',
    without('cheat-sheets/ports/sheet.en.mdx'),
    'content/cheat-sheets/ports/sheet.en.mdx:1: this cheat sheet has no text in this language',
  ],
  [
    'a cheat sheet of an unknown lesson',
    changed('cheat-sheets.yaml', '[first]', '[frist]'),
    'content/cheat-sheets.yaml:2: there is no lesson frist',
  ],
  [
    'another heading in one language of a cheat sheet',
    changed('cheat-sheets/ports/sheet.en.mdx', '## a', '### a'),
    'content/cheat-sheets/ports/sheet.en.mdx:6: sheet.ko.mdx has "##" as its heading 1, not "###"',
  ],
  // the interface, and what a scaffold leaves
  [
    'a text of the interface in one language',
    changed('ui/en.json', '"name"', '"title"'),
    'content/ui/en.json:2: the text site.name of ko.json is missing here',
  ],
  [
    'what is still to be written',
    changed(`${EXERCISE}/explain.en.mdx`, 'a', '✎ why the solution works'),
    'content/exercises/services/open-a-port/explain.en.mdx:1: still to be written: why the solution works',
  ],
])('%s', (_, files, expected) => {
  it('is named with file, line and a sentence', async () => {
    const found = await mistakes(files)
    expect(found).toEqual(
      expect.arrayContaining([
        typeof expected === 'string' ? expect.stringContaining(expected) : expect.stringMatching(expected),
      ]),
    )
    for (const message of found) expect(message).toMatch(/^content\/[^:]+:\d+: \S/)
  })
})
