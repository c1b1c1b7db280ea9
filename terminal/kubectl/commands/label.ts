import { labelValueProblems } from '../resources/labels.ts'
import { changeCommand } from '../resources/metadata-change.ts'

export const label = changeCommand({
  name: 'label',
  field: 'labels',
  summary: 'Update the labels on a resource',
  long: 'Update the labels on a resource.\n\n A label consists of a key and a value; KEY- removes it.',
  examples: [
    '# Set a label',
    'kubectl label pods web env=prod',
    '',
    '# Change one that is set already',
    'kubectl label --overwrite pods web env=dev',
    '',
    '# Remove one',
    'kubectl label pods web env-',
  ],
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  file: 'pod',
  valueProblems: labelValueProblems,
  clashText: (clashes) => {
    const texts = clashes.map((clash) => `${clash}, and --overwrite is false`)
    return texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`
  },
  removedLine: (key) => `label "${key}" not found.\n`,
  outcome: (before, after, { overwrite, both }) => {
    if (before === after) return 'not labeled'
    if (both) return 'modified'
    return !overwrite && after.length < before.length ? 'unlabeled' : 'labeled'
  },
})
