export { AddTask } from './add-task.tsx';
export { TaskList, TaskState, useOwners } from './task-list.tsx';
