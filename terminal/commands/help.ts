import { HOOK } from '../shell/streams.ts'
import { defineCommand } from '../types.ts'

export const help = defineCommand({
  name: 'help',
  // The library has a builtin of that name: the shell calls ours by the other.
  aliases: [HOOK.help],
  summary: 'Say what this terminal can do',
  async run({ out }) {
    out(TEXT)
    return 0
  },
})

const TEXT = `This terminal stands in front of an emulated Kubernetes cluster.

  kubectl (k)          the cluster: kubectl get pods, kubectl explain service
  curl, ping, dig      requests over the cluster's network
  trace curl URL       … and which way a request took, and why it died
  ssh NODE             a shell on controlplane, node01, node02; exit comes back
  vi, nano             edit a file in the page's editor
  ls, cat, grep, sed, awk, jq and other text tools; pipes, loops, functions

man COMMAND says in one sentence what a command is for.
`
