import { defineGenerator } from './generate.ts'
import { readSources, SOURCE_FLAGS } from './sources.ts'

export const createConfigMap = defineGenerator({
  name: 'configmap',
  aliases: ['cm'],
  summary: 'Create a config map from a local file, directory or literal value',
  usage: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  examples: [
    '# Two values',
    'kubectl create configmap settings --from-literal=LEVEL=debug --from-literal=COLOR=blue',
    '',
    "# A file's content under the file's name",
    'kubectl create configmap site --from-file=index.html',
  ],
  flags: SOURCE_FLAGS,
  resource: 'configmaps',
  failure: 'failed to create configmap',
  build: async (name, invocation) => {
    const data = await readSources(invocation, `ConfigMap ${JSON.stringify(name)}`)
    return { ...(data.size > 0 && { data: Object.fromEntries(data) }), metadata: { name } }
  },
})
