export { AddTask } from './add-task.tsx';
export { OwnTasks } from './own-tasks.tsx';
export { TaskList, TaskState, useTaskWords } from './task-list.tsx';
export { UnownedTasks } from './unowned-tasks.tsx';
