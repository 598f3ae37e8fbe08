export { AddTask } from './add-task.tsx';
export { TaskList, TaskState, useTaskWords } from './task-list.tsx';
export { OwnTasks, UnownedTasks } from './today-tasks.tsx';
