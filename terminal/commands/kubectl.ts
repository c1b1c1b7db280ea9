import { complete } from '../kubectl/complete.ts'
import { runKubectl } from '../kubectl/run.ts'
import { defineCommand } from '../types.ts'

export const kubectl = defineCommand({
  name: 'kubectl',
  summary: 'control the Kubernetes cluster',
  complete,
  run: runKubectl,
})
