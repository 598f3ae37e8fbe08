import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addCourse, addDeliveryForm, runCourse, stopCourse, writeCourse, writeDeliveryForm } from './commands.ts';
import { course, courses, deliveryForms, foundCourses, openCourses } from './queries.ts';

export const routes = [
  route(contract.listCourses, courses),
  route(contract.readCourse, course),
  route(contract.addCourse, addCourse),
  route(contract.writeCourse, writeCourse),
  route(contract.runCourse, runCourse),
  route(contract.stopCourse, stopCourse),
  route(contract.searchCourses, foundCourses),
  route(contract.searchOpenCourses, openCourses),
  route(contract.listDeliveryForms, deliveryForms),
  route(contract.addDeliveryForm, addDeliveryForm),
  route(contract.writeDeliveryForm, writeDeliveryForm),
];
