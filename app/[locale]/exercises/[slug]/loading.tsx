import { LoadingWorkspace } from '@/components/workspace/loading-workspace.tsx'

export default LoadingWorkspace
