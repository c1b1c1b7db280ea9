import { changeCommand } from '../resources/metadata-change.ts'

export const annotate = changeCommand({
  name: 'annotate',
  field: 'annotations',
  summary: 'Update the annotations on a resource',
  long: 'Update the annotations on one or more resources.\n\n Annotations hold data that tools or people attach to an object; KEY- removes one.',
  examples: [
    '# Set an annotation',
    "kubectl annotate pods web description='my frontend'",
    '',
    '# Remove it',
    'kubectl annotate pods web description-',
  ],
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  file: 'rsrc',
  valueProblems: () => [],
  clashText: (clashes) => `--overwrite is false but found the following declared annotation(s): ${clashes.join('; ')}`,
  removedLine: () => '',
  outcome: () => 'annotated',
})
