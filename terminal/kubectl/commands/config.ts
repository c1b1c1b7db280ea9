import { defineSubcommand } from '../cli/subcommand.ts'
import {
  currentContext,
  deleteContext,
  getContexts,
  renameContext,
  setContext,
  useContext,
} from '../config/contexts.ts'
import { deleteCluster, deleteUser, getClusters, getUsers, set, unset } from '../config/entries.ts'
import { setCluster } from '../config/set-cluster.ts'
import { setCredentials } from '../config/set-credentials.ts'
import { view } from '../config/view.ts'

export const config = defineSubcommand({
  name: 'config',
  group: 'Other Commands:',
  summary: 'Modify kubeconfig files',
  long: 'Modify kubeconfig files using subcommands like "kubectl config set current-context my-context".\n\n The file is the one that --kubeconfig names, else the first of KUBECONFIG, else .kube/config in the home directory.',
  usage: 'SUBCOMMAND',
  subcommands: [
    currentContext,
    deleteCluster,
    deleteContext,
    deleteUser,
    getClusters,
    getContexts,
    getUsers,
    renameContext,
    set,
    setCluster,
    setContext,
    setCredentials,
    unset,
    useContext,
    view,
  ].map((command) => ({ ...command, offline: true })),
})
