import { LoadingList } from '@/components/site/loading-list.tsx'

export default LoadingList
